package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.SystemPage.DeadLetter;
import dev.stagecoach.alerts.adapter.SystemPage.Delivery;
import dev.stagecoach.alerts.adapter.SystemPage.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads what an operator looks at. */
@ApplicationScoped
class JdbcSystem {
    private static final int MOST = 100;
    private static final String DELIVERIES = """
            select a.title, a.channel, d.state, d.attempts, d.last_error
            from delivery d join alert a on a.id = d.alert
            where d.state = 'failed' or (d.state = 'waiting' and d.last_error is not null)
            order by d.changed_at desc limit\s""" + MOST;
    private static final String DEAD_LETTERS = """
            select topic, partition, at_offset, key, reason, recorded_at
            from dead_letter order by recorded_at desc limit\s""" + MOST;
    private static final String TOPICS = """
            select topic, count(*), sum(next_offset) from consumed_offset group by topic order by topic
            """;
    private static final String NOW = "select at from clock";

    private static final String LAG = "stagecoach.consumer.lag";

    private final DataSource database;
    private final MeterRegistry meters;
    private final JdbcChatReports chat;
    private final JdbcWebhooks webhooks;

    JdbcSystem(DataSource database, MeterRegistry meters, JdbcChatReports chat, JdbcWebhooks webhooks) {
        this.database = database;
        this.meters = meters;
        this.chat = chat;
        this.webhooks = webhooks;
    }

    SystemPage show() {
        List<ChatReport> places = chat.all();
        List<StoredWebhook> programs = webhooks.all();
        try (Connection connection = database.getConnection()) {
            Optional<Instant> now = now(connection);
            return new SystemPage(
                    now.map(Instant::toString).orElse(null),
                    now.map(PageText::time).orElse(null),
                    places,
                    programs,
                    list(connection, DELIVERIES, JdbcSystem::delivery),
                    list(connection, DEAD_LETTERS, JdbcSystem::deadLetter),
                    list(connection, TOPICS, this::topic));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** The time as ticks tell it; empty before the first one. */
    static Optional<Instant> now(Connection connection) throws SQLException {
        return list(connection, NOW, row -> instant(row, 1)).stream().findFirst();
    }

    private Topic topic(ResultSet row) throws SQLException {
        String name = row.getString(1);
        double unread = meters.find(LAG).tag("topic", name).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
        boolean known =
                !Double.isNaN(unread) && meters.find(LAG).tag("topic", name).gauge() != null;
        return new Topic(name, row.getLong(2), row.getLong(3), known ? Math.round(unread) : null);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString(1),
                row.getString(2),
                row.getString(3).equals("failed") ? "given up" : "tried again",
                row.getInt(4),
                row.getString(5));
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        byte[] key = row.getBytes(4);
        return new DeadLetter(
                row.getString(1) + "-" + row.getInt(2) + "@" + row.getLong(3),
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                row.getString(5),
                instant(row, 6));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static <T> List<T> list(Connection connection, String sql, RowReader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return found;
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
