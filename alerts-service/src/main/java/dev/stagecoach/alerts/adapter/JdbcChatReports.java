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

    private final DataSource database;
    private final AlertsRunner runner;

    JdbcChatReports(DataSource database, AlertsRunner runner) {
        this.database = database;
        this.runner = runner;
    }

    /** Of all places. */
    List<ChatReport> all() {
        try (Connection connection = database.getConnection()) {
            List<ChatReport> reports = new ArrayList<>();
            for (Place place : runner.places()) {
                reports.add(of(place, connection));
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
