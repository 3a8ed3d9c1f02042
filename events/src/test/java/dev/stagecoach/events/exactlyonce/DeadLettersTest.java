package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and addresses that come on the topic of contacts in a way that nobody can read are kept by the service that may hold them. */
class DeadLettersTest {
    private static final String ADDRESS = "vera@example.com";
    private static final String ZOE = "Zo\u00eb@Example.com";
    /** Each as text, in which bytes are in hexadecimal digits. */
    private static final String ALL_THAT_IS_KEPT =
            "select d::text from dead_letter d union all select o::text from outbox o";

    private Workplace workplace;

    @BeforeEach
    void openWorkplace() {
        workplace = Workplace.open();
    }

    @AfterEach
    void closeWorkplace() {
        workplace.close();
    }

    private void setAside(ConsumerSettings settings) throws SQLException {
        byte[] told = ("{\"roles\": [\"" + ADDRESS + "\"]}").getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(Topics.CONTACTS, 3, 7, "acme", told);
        record.headers().add("told", told);
        try (Connection transaction = workplace.database().getConnection()) {
            transaction.setAutoCommit(false);
            new DeadLetters(settings)
                    .setAside(transaction, record, DeadLetters.Kind.UNREADABLE, "no role: \"" + ADDRESS + "\"");
            transaction.commit();
        }
    }

    @Test
    void whoMustNotHoldPeopleKeepsWhereTheRecordStandsAndOfWhichAccountItIs() throws SQLException {
        // When
        setAside(workplace.settings(1));

        // Then
        assertThat(workplace.query("select topic || partition || at_offset || encode(key, 'escape') from dead_letter"))
                .containsExactly("contacts37acme");
        assertThat(workplace.query(ALL_THAT_IS_KEPT))
                .hasSize(2)
                .noneMatch(row -> row.contains(hex(ADDRESS)) || row.contains(ADDRESS));
    }

    @Test
    void whoMayHoldPeopleKeepsIt() throws SQLException {
        // When
        setAside(workplace.settings(1).holdingPeople());

        // Then
        assertThat(workplace.query(ALL_THAT_IS_KEPT)).hasSize(2).allMatch(row -> row.contains(hex(ADDRESS)));
    }

    @ParameterizedTest
    @CsvSource({"key, true", "header, true", "value, true", "reason, true", "nowhere, false"})
    void aTextIsFoundInWhateverIsKeptOfARecord(String place, boolean found) throws SQLException {
        // Given
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(
                Topics.ACCOUNTS,
                3,
                7,
                place.equals("key") ? ZOE : "acme",
                place.equals("value") ? ZOE.getBytes(StandardCharsets.UTF_8) : null);
        record.headers().add("first", new byte[] {-1});
        record.headers().add("second", (place.equals("header") ? ZOE : "").getBytes(StandardCharsets.UTF_8));
        try (Connection transaction = workplace.database().getConnection()) {
            new DeadLetters(workplace.settings(1))
                    .setAside(
                            transaction,
                            record,
                            DeadLetters.Kind.UNREADABLE,
                            place.equals("reason") ? ZOE : "of no use");
        }

        // When, then
        assertThat(workplace.query("select holds_text(d, 'zo\u00eb@example.com')::text from dead_letter d"))
                .containsExactly(String.valueOf(found));
        assertThat(workplace.query("select holds_text(d, 'zoe@example.com')::text from dead_letter d"))
                .containsExactly("false");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
