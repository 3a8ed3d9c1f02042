package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Handlings;
import dev.stagecoach.alerts.act.Act;
import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.act.Handling;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handlings in a transaction of their own. */
record JdbcHandlings(Connection transaction) implements Handlings {
    /** Whoever listens is told the id of each alert that something was done with, when the transaction commits. */
    static final String CHANNEL = "alert_acts";

    private static final String LOCK =
            "select state, state_at, snoozed_until, assignee from alert where id = ? for update";
    private static final String UPDATE =
            "update alert set state = ?, state_at = ?, snoozed_until = ?, assignee = ? where id = ?";
    private static final String RECORD = """
            insert into alert_act (alert, act, who, at, until, assignee, comment) values (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String TELL = "select pg_notify('" + CHANNEL + "', ?)";

    @Override
    public Optional<Handling> of(String alert) {
        try (PreparedStatement select = transaction.prepareStatement(LOCK)) {
            select.setString(1, alert);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(handling(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Handling handling(ResultSet row) throws SQLException {
        return new Handling(
                AlertState.byWireName(row.getString("state")).orElseThrow(),
                instant(row, "state_at"),
                instant(row, "snoozed_until"),
                row.getString("assignee"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    @Override
    public void keep(String alert, Handling handling, Act act, Instant at) {
        try {
            update(alert, handling);
            record(alert, act, at);
            tell(alert);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void update(String alert, Handling handling) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(UPDATE)) {
            update.setString(1, handling.state().wireName());
            update.setObject(2, utc(handling.since()));
            update.setObject(3, utc(handling.snoozedUntil()));
            update.setString(4, handling.assignee());
            update.setString(5, alert);
            update.executeUpdate();
        }
    }

    private void record(String alert, Act act, Instant at) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(RECORD)) {
            insert.setString(1, alert);
            insert.setString(2, act.wireName());
            insert.setString(3, act.author());
            insert.setObject(4, utc(at));
            insert.setObject(5, act instanceof Act.Snooze snooze ? utc(snooze.until()) : null);
            insert.setString(6, act instanceof Act.Assign assign ? assign.assignee() : null);
            insert.setString(7, act.comment());
            insert.executeUpdate();
        }
    }

    private void tell(String alert) throws SQLException {
        try (PreparedStatement notify = transaction.prepareStatement(TELL)) {
            notify.setString(1, alert);
            notify.execute();
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
