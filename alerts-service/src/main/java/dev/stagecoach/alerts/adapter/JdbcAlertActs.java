package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.ActOnAlerts;
import dev.stagecoach.alerts.act.Act;
import dev.stagecoach.alerts.act.Handling;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Acts on alerts, each in a transaction, and what was done so far. */
@ApplicationScoped
class JdbcAlertActs {
    /** The time that ticks tell; that of the database before the first one. */
    private static final String NOW = "select coalesce((select at from clock), now())";

    private static final String HISTORY = """
            select alert, act, who, at, until, assignee, comment from alert_act where alert = any(?) order by seq
            """;

    private static final ActOnAlerts ACT_ON_ALERTS = new ActOnAlerts();

    private final DataSource database;

    JdbcAlertActs(DataSource database) {
        this.database = database;
    }

    /** Where the alert stands then; empty when there is no such alert. */
    Optional<Handling> act(String alert, Act act) {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                Optional<Handling> after =
                        ACT_ON_ALERTS.act(alert, act, now(transaction), new JdbcHandlings(transaction));
                transaction.commit();
                return after;
            } catch (SQLException | RuntimeException e) {
                transaction.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** The time by which acts are told. */
    Instant now() {
        try (Connection connection = database.getConnection()) {
            return now(connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Instant now(Connection transaction) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(NOW);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Oldest first. */
    List<PastAct> history(String alert) {
        return histories(List.of(alert)).getOrDefault(alert, List.of());
    }

    /** By alert, each oldest first; those with which nothing was done are left out. */
    Map<String, List<PastAct>> histories(Collection<String> alerts) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(HISTORY)) {
            select.setArray(1, connection.createArrayOf("text", alerts.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                Map<String, List<PastAct>> acts = new HashMap<>();
                while (rows.next()) {
                    acts.computeIfAbsent(rows.getString("alert"), alert -> new ArrayList<>())
                            .add(new PastAct(
                                    rows.getString("act"),
                                    rows.getString("who"),
                                    rows.getObject("at", OffsetDateTime.class).toInstant(),
                                    instant(rows),
                                    rows.getString("assignee"),
                                    rows.getString("comment")));
                }
                return acts;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        OffsetDateTime value = row.getObject("until", OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
