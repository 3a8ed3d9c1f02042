package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What waits in the outbox.
 *
 * @param rows all, negative when unknown
 * @param deadLetters how many of them are dead letters, negative when unknown
 * @param oldestSeconds how long the oldest has waited, 0 when nothing waits, NaN when unknown
 */
record OutboxSize(long rows, long deadLetters, double oldestSeconds) {
    static final OutboxSize UNKNOWN = new OutboxSize(-1, -1, Double.NaN);

    private static final String READ = """
            select count(*), count(header_names), coalesce(extract(epoch from clock_timestamp() - min(added_at)), 0)
            from outbox
            """;

    static OutboxSize of(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(READ)) {
                row.next();
                return new OutboxSize(row.getLong(1), row.getLong(2), Math.max(0, row.getDouble(3)));
            }
        }
    }

    boolean isKnown() {
        return rows >= 0;
    }
}
