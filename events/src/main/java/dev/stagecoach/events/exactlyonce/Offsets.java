package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
            on conflict do nothing
            """;
    private static final String READ = """
            select topic, partition, next_offset
            from consumed_offset join unnest(?::text[], ?::int[]) as mine (topic, partition) using (topic, partition)
            """;
    private static final String MOVE = """
            update consumed_offset stored set next_offset = mine.next
            from unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[]) as mine (topic, partition, expected, next)
            where stored.topic = mine.topic and stored.partition = mine.partition
              and stored.next_offset = mine.expected
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
        Map<TopicPartition, Long> next = new HashMap<>();
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            bindNames(connection, read, mine);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    next.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
                }
            }
        }
        return next;
    }

    /**
     * Moves each partition from where this member left it. The row locks make a second writer wait until the first has
     * committed, and then fail here.
     */
    static void move(Connection connection, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to)
            throws SQLException, StaleOwnerException {
        List<TopicPartition> mine = List.copyOf(to.keySet());
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            bindNames(connection, move, mine);
            move.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", mine.stream().map(from::get).toArray()));
            move.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint", mine.stream().map(to::get).toArray()));
            if (move.executeUpdate() != mine.size()) {
                throw new StaleOwnerException(from);
            }
        }
    }

    private static void bindNames(Connection connection, PreparedStatement statement, List<TopicPartition> partitions)
            throws SQLException {
        statement.setArray(
                1,
                connection.createArrayOf(
                        "text", partitions.stream().map(TopicPartition::topic).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "int",
                        partitions.stream().map(TopicPartition::partition).toArray()));
    }
}
