package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private static final TopicPartition ACCOUNTS = new TopicPartition("accounts", 3);
    private static final TopicPartition USAGE = new TopicPartition("usage", 3);
    private static final Map<TopicPartition, Long> START = Map.of(ACCOUNTS, 0L, USAGE, 0L);

    private static Workplace workplace;

    @BeforeAll
    static void openWorkplace() {
        workplace = Workplace.open();
    }

    @AfterAll
    static void closeWorkplace() {
        workplace.close();
    }

    @BeforeEach
    void readNothingYet() throws SQLException {
        workplace.execute("delete from consumed_offset");
        try (Connection connection = workplace.database().getConnection()) {
            Offsets.read(connection, START.keySet());
        }
    }

    @Test
    void startAtZero() throws SQLException {
        try (Connection connection = workplace.database().getConnection()) {
            assertThat(Offsets.read(connection, List.of(new TopicPartition("contacts", 1))))
                    .containsExactly(Map.entry(new TopicPartition("contacts", 1), 0L));
        }
    }

    @Test
    void areReadAsTheyWereMoved() throws SQLException, StaleOwnerException {
        // Given
        move(START, Map.of(USAGE, 5L));
        // When
        Map<TopicPartition, Long> stored = stored();
        // Then
        assertThat(stored).isEqualTo(Map.of(ACCOUNTS, 0L, USAGE, 5L));
    }

    @Test
    void doNotMoveForAnOwnerThatMissedAMove() throws SQLException, StaleOwnerException {
        // Given
        move(START, Map.of(USAGE, 5L));
        // When, Then
        assertThatThrownBy(() -> move(START, Map.of(USAGE, 7L)))
                .isInstanceOf(StaleOwnerException.class)
                .hasMessageContaining("usage-3=5");
        assertThat(stored()).containsEntry(USAGE, 5L);
    }

    @Test
    void doNotMoveForAnOwnerThatMissedAMoveOfAnotherTopicOfItsLane() throws SQLException, StaleOwnerException {
        // Given
        move(START, Map.of(USAGE, 5L));
        // When, Then
        assertThatThrownBy(() -> move(START, Map.of(ACCOUNTS, 1L))).isInstanceOf(StaleOwnerException.class);
        assertThat(stored()).containsEntry(ACCOUNTS, 0L);
    }

    @Test
    void doNotMoveForAnOwnerThatNeverReadThem() throws SQLException {
        TopicPartition unknown = new TopicPartition("contacts", 2);
        assertThatThrownBy(() -> move(Map.of(unknown, 0L), Map.of(unknown, 1L)))
                .isInstanceOf(StaleOwnerException.class);
    }

    @Test
    void areHeldForTheWholeLaneUntilTheTransactionEnds() throws SQLException, StaleOwnerException {
        try (Connection one = workplace.database().getConnection();
                Connection other = workplace.database().getConnection()) {
            // Given
            one.setAutoCommit(false);
            Offsets.move(one, START, Map.of(USAGE, 5L));
            other.setAutoCommit(false);
            // When, Then
            assertThatThrownBy(() -> other.createStatement()
                            .execute("select * from consumed_offset where topic = 'accounts' for update nowait"))
                    .hasMessageContaining("could not obtain lock");
        }
    }

    private static void move(Map<TopicPartition, Long> lane, Map<TopicPartition, Long> next)
            throws SQLException, StaleOwnerException {
        try (Connection transaction = workplace.database().getConnection()) {
            transaction.setAutoCommit(false);
            Offsets.move(transaction, lane, next);
            transaction.commit();
        }
    }

    private static Map<TopicPartition, Long> stored() throws SQLException {
        try (Connection connection = workplace.database().getConnection()) {
            return Offsets.read(connection, START.keySet());
        }
    }
}
