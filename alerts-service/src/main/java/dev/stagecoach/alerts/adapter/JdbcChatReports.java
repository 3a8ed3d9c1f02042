package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.delivery.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads how the places of the chat stand. Costs what waits and what failed, not what was sent. */
@ApplicationScoped
class JdbcChatReports {
    private static final String REPORT = """
            select w.waiting, w.oldest, f.failed, coalesce(p.messages, 0) as messages, coalesce(p.alerts, 0) as alerts,
                p.problem, p.problem_since
            from (select count(*) as waiting, min(created_at) as oldest
                    from delivery where channel = any (?) and state = 'waiting') w
                cross join (select count(*) as failed from delivery where channel = any (?) and state = 'failed') f
                left join channel_pace p on p.channel = ?
            """;

    private static final String WEEKLY = """
            select count(*) filter (where d.state = 'waiting') as waiting,
                count(*) filter (where d.state = 'failed') as failed,
                count(*) filter (where d.state = 'sent') as sent,
                min(g.recorded_at) filter (where d.state = 'waiting') as oldest,
                max(d.last_error) filter (where d.state = 'waiting') as problem
            from digest_delivery d join digest g on g.id = d.digest
            """;

    private final DataSource database;
    private final AlertsRunner runner;

    JdbcChatReports(DataSource database, AlertsRunner runner) {
        this.database = database;
        this.runner = runner;
    }

    /** Of all places, and of the weekly digests to all of them. */
    List<ChatReport> all() {
        try (Connection connection = database.getConnection()) {
            List<ChatReport> reports = new ArrayList<>();
            for (Place place : runner.places()) {
                reports.add(of(place, connection));
            }
            if (!reports.isEmpty()) {
                reports.add(weekly(connection));
            }
            return reports;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Of one place. */
    ChatReport of(Place place) {
        try (Connection connection = database.getConnection()) {
            return of(place, connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static ChatReport weekly(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WEEKLY);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new ChatReport(
                    "weekly digests",
                    row.getLong("waiting"),
                    instant(row, "oldest"),
                    row.getLong("failed"),
                    row.getLong("sent"),
                    0,
                    row.getString("problem"),
                    instant(row, "oldest"));
        }
    }

    private static ChatReport of(Place place, Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(REPORT)) {
            java.sql.Array channels =
                    connection.createArrayOf("text", place.channels().toArray());
            select.setArray(1, channels);
            select.setArray(2, channels);
            select.setString(3, place.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new ChatReport(
                        place.name(),
                        row.getLong("waiting"),
                        instant(row, "oldest"),
                        row.getLong("failed"),
                        row.getLong("messages"),
                        row.getLong("alerts"),
                        row.getString("problem"),
                        instant(row, "problem_since"));
            }
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
