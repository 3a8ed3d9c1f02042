package dev.stagecoach.bench;

import dev.stagecoach.local.process.Complaint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.util.PSQLState;

/** What lifecycle-service keeps in its database, for one that runs it and may look. Until it has made its tables, nothing. */
final class LifecycleBooks implements AutoCloseable {

    private final String jdbcUrl;
    private final Connection connection;

    LifecycleBooks(Bed bed, String database) {
        this.jdbcUrl = bed.platform().jdbcUrl(database);
        this.connection = bed.connect(database);
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    Connection connection() {
        return connection;
    }

    /** Whether it has committed anything of {@code usage.events}. */
    boolean hasBegun() {
        return isTrue("select exists (select from consumed_offset where topic = 'usage.events' and next_offset > 0)");
    }

    /** Whether its offsets are at these ends. */
    boolean hasConsumed(Map<TopicPartition, Long> ends) {
        var consumed = consumed();
        return ends.entrySet().stream().allMatch(end -> consumed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** How many records there are between its offsets and these ends; what it has read beyond them does not count. */
    long unread(Map<TopicPartition, Long> ends) {
        var consumed = consumed();
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumed.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    private Map<TopicPartition, Long> consumed() {
        var consumed = new HashMap<TopicPartition, Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select topic, partition, next_offset from consumed_offset")) {
            while (rows.next()) {
                consumed.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
            return consumed;
        } catch (SQLException e) {
            return notYet(e, consumed);
        }
    }

    /** Whether Kafka has all that it decided. */
    boolean hasPublishedAll() {
        return isTrue("select not exists (select from outbox)");
    }

    /** How much the server has written to its write-ahead log since it was made. */
    long writtenBytes() {
        return number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    }

    boolean hasColumn(String table, String column) {
        return isTrue("select exists (select from information_schema.columns where table_schema = 'public'"
                + " and table_name = '" + table + "' and column_name = '" + column + "')");
    }

    private boolean isTrue(String sql) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            return notYet(e, false);
        }
    }

    long number(String sql) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static <T> T notYet(SQLException problem, T nothing) {
        if (PSQLState.UNDEFINED_TABLE.getState().equals(problem.getSQLState())) {
            return nothing;
        }
        throw failed(problem);
    }

    private static Complaint failed(SQLException problem) {
        return new Complaint(
                "lifecycle-service's database cannot be looked at: " + problem.getMessage() + ".", problem);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
