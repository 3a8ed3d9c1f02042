package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.StoredDelivery.StoredAttempt;
import dev.stagecoach.alerts.webhook.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What operators see of webhooks, and do with them. */
@ApplicationScoped
class JdbcWebhooks {
    private static final int MOST_ATTEMPTS = 50;

    private static final String STANDING = """
            select e.state, e.problem, e.failing_since, e.sent, w.waiting, w.oldest, f.failed
            from webhook_endpoint e
                cross join (select count(*) as waiting, min(created_at) as oldest
                    from webhook_delivery where endpoint = ? and state = 'waiting') w
                cross join (select count(*) as failed
                    from webhook_delivery where endpoint = ? and state = 'failed') f
            where e.name = ?
            """;
    private static final String DELIVERIES = """
            select id, message, alert, state, created_at, next_at from webhook_delivery
            where endpoint = ? and id < ? and (?::text is null or state = ?) order by id desc limit ?
            """;
    private static final String ATTEMPTS = """
            select number, at, status, answer, took_millis from webhook_attempt
            where delivery = ? order by number desc limit\s""" + MOST_ATTEMPTS;
    private static final String ADD = """
            insert into webhook_delivery (endpoint, message, body) values (?, ?, ?) returning id
            """;
    private static final String IS_OPEN = "select state = 'open' from webhook_endpoint where name = ?";
    private static final String AGAIN = """
            update webhook_delivery set state = 'waiting', tries = 0, next_at = now() where endpoint = ? and id = ?
            """;
    private static final String OPEN = """
            update webhook_endpoint set state = 'open', problem = null, failing_since = null, next_at = now()
            where name = ?
            """;
    private static final String ALL_AGAIN = """
            update webhook_delivery set tries = 0, next_at = now() where endpoint = ? and state = 'waiting'
            """;

    private final DataSource database;
    private final AlertsRunner runner;

    JdbcWebhooks(DataSource database, AlertsRunner runner) {
        this.database = database;
        this.runner = runner;
    }

    Optional<Endpoint> byName(String name) {
        return runner.webhooks().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst();
    }

    List<StoredWebhook> all() {
        if (runner.webhooks().isEmpty()) {
            return List.of();
        }
        try (Connection connection = database.getConnection()) {
            List<StoredWebhook> all = new ArrayList<>();
            for (Endpoint endpoint : runner.webhooks()) {
                all.add(standing(endpoint, connection));
            }
            return all;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** How one stands. */
    StoredWebhook standing(Endpoint endpoint) {
        try (Connection connection = database.getConnection()) {
            return standing(endpoint, connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static StoredWebhook standing(Endpoint endpoint, Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(STANDING)) {
            select.setString(1, endpoint.name());
            select.setString(2, endpoint.name());
            select.setString(3, endpoint.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new StoredWebhook(
                        endpoint.name(),
                        withoutQuery(endpoint.url()),
                        endpoint.kinds().stream().sorted().toList(),
                        row.getString("state"),
                        row.getString("problem"),
                        row.getString("state").equals("parked")
                                ? "set it right, then POST /v1/webhooks/" + endpoint.name() + "/resume"
                                : null,
                        instant(row, "failing_since"),
                        row.getLong("waiting"),
                        instant(row, "oldest"),
                        row.getLong("sent"),
                        row.getLong("failed"));
            }
        }
    }

    private static String withoutQuery(URI url) {
        return url.toString().replaceFirst("\\?.*", "");
    }

    /**
     * Messages, the latest first.
     *
     * @param before only those with a smaller id
     */
    List<StoredDelivery> deliveries(Endpoint endpoint, long before, @Nullable String state, int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(DELIVERIES)) {
            select.setString(1, endpoint.name());
            select.setLong(2, before);
            select.setString(3, state);
            select.setString(4, state);
            select.setInt(5, most);
            List<StoredDelivery> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(delivery(row, connection));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static StoredDelivery delivery(ResultSet row, Connection connection) throws SQLException {
        String state = row.getString("state");
        return new StoredDelivery(
                row.getLong("id"),
                row.getString("message"),
                row.getString("alert"),
                state,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                state.equals("waiting") ? instant(row, "next_at") : null,
                attempts(row.getLong("id"), connection));
    }

    private static List<StoredAttempt> attempts(long delivery, Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ATTEMPTS)) {
            select.setLong(1, delivery);
            List<StoredAttempt> attempts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int status = row.getInt("status");
                    attempts.add(new StoredAttempt(
                            row.getInt("number"),
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.wasNull() ? null : status,
                            row.getString("answer"),
                            row.getLong("took_millis")));
                }
            }
            return attempts;
        }
    }

    /** Puts a message on its way that says nothing. @return its id */
    long test(Endpoint endpoint) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setString(1, endpoint.name());
            add.setString(2, "test-" + UUID.randomUUID());
            add.setString(3, WebhookBody.test(endpoint.name(), Instant.now()));
            try (ResultSet row = add.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    boolean isOpen(Endpoint endpoint) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(IS_OPEN)) {
            select.setString(1, endpoint.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Sends a message again, whatever became of it, with all its attempts before it. @return whether there is such a message */
    boolean again(Endpoint endpoint, long delivery) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(AGAIN)) {
            update.setString(1, endpoint.name());
            update.setLong(2, delivery);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Sends to an endpoint again: first what waits. */
    void resume(Endpoint endpoint) {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try (PreparedStatement open = transaction.prepareStatement(OPEN);
                    PreparedStatement again = transaction.prepareStatement(ALL_AGAIN)) {
                open.setString(1, endpoint.name());
                open.executeUpdate();
                again.setString(1, endpoint.name());
                again.executeUpdate();
                transaction.commit();
            } catch (SQLException e) {
                transaction.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
