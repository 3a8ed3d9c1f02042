package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.time.Instant;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tests and the local stack rely on, whatever the parts run on. */
class PlatformTest {

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformOptions.forTests());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void recordsOfAnySimulatedTimeAreKept() throws Exception {
        // Given
        var records = new Records(platform.bootstrapServers());
        records.createTopic("any-time");

        // When
        records.produce("any-time", Instant.parse("1999-12-31T23:59:59Z"), "long ago");
        records.produce("any-time", Instant.parse("2999-12-31T23:59:59Z"), "far ahead");

        // Then
        assertThat(records.consume("any-time", 2)).containsExactly("long ago", "far ahead");
    }

    @Test
    void aTopicIsNotCreatedByProducingToIt() {
        // Given
        var records = new Records(platform.bootstrapServers());

        // When
        assertThatThrownBy(() -> records.produce("misspelt", Instant.EPOCH, "lost"))
                // Then
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("misspelt not present");
    }

    @Test
    void aDatabaseIsCreatedWhenFirstAskedFor() throws Exception {
        // When
        var url = platform.jdbcUrl("usage-accounts");

        // Then
        assertThat(platform.jdbcUrl("usage-accounts")).isEqualTo(url);
        try (var connection = DriverManager.getConnection(url, platform.databaseUser(), platform.databasePassword());
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select current_database(), current_setting('fsync'), current_setting('server_version_num')")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("usage-accounts");
            assertThat(row.getString(2)).isEqualTo("off");
            assertThat(row.getInt(3)).isGreaterThanOrEqualTo(180_000);
        }
    }

    @Test
    void aMailIsReadableInTheMailboxAndByImapAsSoonAsItIsAccepted() throws Exception {
        // Given
        var mails = new Mails(platform);

        // When
        mails.send("Welcome", "ada@example.com");

        // Then
        assertThat(platform.mailbox().received())
                .filteredOn(mail -> mail.recipients().contains("ada@example.com"))
                .extracting(ReceivedMail::subject)
                .containsExactly("Welcome");
        assertThat(mails.subjectsInInboxOf("ada@example.com")).containsExactly("Welcome");
    }

    @Test
    void aPartThatWasNotStartedIsNamedWhenItIsAskedFor() {
        // Given
        try (var mailOnly = Platform.start(PlatformOptions.forTests(Part.MAIL))) {

            // When
            assertThatThrownBy(() -> mailOnly.jdbcUrl("accounts"))
                    // Then
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("without PostgreSQL");
        }
    }
}
