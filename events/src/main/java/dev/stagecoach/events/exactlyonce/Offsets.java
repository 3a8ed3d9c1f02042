package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The table of consumed offsets, the one truth about what has been applied. */
final class Offsets {
    private static final String CREATE = """
            insert into consumed_offset (topic, partition, next_offset)
            select topic, partition, 0 from unnest(?::text[], ?::int[]) as mine (topic, partition)
            order by topic, partition
            on conflict do nothing
            """;
    private static final String READ = """
            select topic, partition, next_offset
            from consumed_offset stored join unnest(?::text[], ?::int[]) as mine (topic, partition) using (topic, partition)
            order by topic, partition
            """;
    private static final String READ_REPLAYS = """
            select topic, partition, replay_until
            from consumed_offset stored join unnest(?::text[], ?::int[]) as mine (topic, partition) using (topic, partition)
            where next_offset < replay_until
            """;
    /** Seen by triggers, and gone with the transaction. */
    private static final String SAY_REPLAY = "select set_config('stagecoach.replay', 'on', true)";

    private static final String HOLD = READ + " for update of stored";
    private static final String MOVE = """
            update consumed_offset stored set next_offset = mine.next
            from unnest(?::text[], ?::int[], ?::bigint[]) as mine (topic, partition, next)
            where stored.topic = mine.topic and stored.partition = mine.partition
            """;

    /**
     * How long a transaction waits for the one of an owner that is on its way out, and how long an owner that froze in the middle of
     * one may keep the others waiting.
     */
    private static final String BOUND_WAITING = """
            select set_config('lock_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '20s', true)
            """;

    private Offsets() {}

    /** The next offset to apply of each partition; 0 for one that was never read. */
    static Map<TopicPartition, Long> read(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        List<TopicPartition> mine = List.copyOf(partitions);
        try (PreparedStatement create = connection.prepareStatement(CREATE)) {
            bindNames(connection, create, mine);
            create.executeUpdate();
        }
        return query(connection, READ, mine);
    }

    /** Up to which offset, exclusive, the partitions are read again that are; what stands before it was applied once already. */
    static Map<TopicPartition, Long> readReplays(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        return query(connection, READ_REPLAYS, List.copyOf(partitions));
    }

    /** From here on the transaction makes state anew and tells and records no decision. */
    static void sayReplay(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute(SAY_REPLAY);
        }
    }

    /**
     * Moves partitions from where this member left them, provided that nobody else has moved any of their lane. The row locks make a
     * second writer wait until the first has committed, and then fail here.
     *
     * @param lanes where this member stands in every partition of the lanes concerned, those that do not move included: an account's
     *     state belongs to its lane, whichever topic a change comes from
     * @param next the partitions that move, and where to
     */
    static void move(Connection transaction, Map<TopicPartition, Long> lanes, Map<TopicPartition, Long> next)
            throws SQLException, StaleOwnerException {
        try (Statement bound = transaction.createStatement()) {
            bound.execute(BOUND_WAITING);
        }
        Map<TopicPartition, Long> stored = query(transaction, HOLD, List.copyOf(lanes.keySet()));
        if (!stored.equals(lanes)) {
            throw new StaleOwnerException(lanes, stored);
        }
        List<TopicPartition> moving = List.copyOf(next.keySet());
        try (PreparedStatement move = transaction.prepareStatement(MOVE)) {
            bindNames(transaction, move, moving);
            Object[] offsets = moving.stream().map(next::get).toArray();
            move.setArray(3, transaction.createArrayOf("bigint", offsets));
            move.executeUpdate();
        }
    }

    private static Map<TopicPartition, Long> query(
            Connection connection, String statement, List<TopicPartition> partitions) throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(statement)) {
            bindNames(connection, query, partitions);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
                }
            }
        }
        return offsets;
    }

    private static void bindNames(Connection connection, PreparedStatement statement, List<TopicPartition> partitions)
            throws SQLException {
        Object[] topics = partitions.stream().map(TopicPartition::topic).toArray();
        Object[] numbers = partitions.stream().map(TopicPartition::partition).toArray();
        statement.setArray(1, connection.createArrayOf("text", topics));
        statement.setArray(2, connection.createArrayOf("int", numbers));
    }
}
