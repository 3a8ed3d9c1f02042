package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.WebhookDeliveries;
import dev.stagecoach.alerts.webhook.Attempt;
import dev.stagecoach.alerts.webhook.Delivery;
import dev.stagecoach.alerts.webhook.Endpoint;
import dev.stagecoach.alerts.webhook.Verdict;
import dev.stagecoach.alerts.webhook.Verdict.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Messages for webhooks. Taking one makes it due again only after the lease, which is longer than an attempt can last: no
 * transaction is open meanwhile, and a process that dies leaves nothing locked.
 */
record JdbcWebhookDeliveries(DataSource database, Duration lease) implements WebhookDeliveries {
    private static final String ADD_ENDPOINT =
            "insert into webhook_endpoint (name) values (?) on conflict (name) do nothing";
    private static final String TAKE = """
            update webhook_delivery set next_at = now() + make_interval(secs => ?)
            where id = (
                select d.id from webhook_delivery d join webhook_endpoint e on e.name = d.endpoint
                where d.endpoint = ? and d.state = 'waiting' and d.next_at <= now()
                    and e.state = 'open' and e.next_at <= now()
                order by d.next_at, d.id limit 1 for update of d skip locked)
            returning id, message, body, tries
            """;
    private static final String FAILING_FOR = """
            select coalesce(extract(epoch from clock_timestamp() - failing_since), 0)
            from webhook_endpoint where name = ? for update
            """;
    private static final String LOG = """
            insert into webhook_attempt (delivery, number, at, status, answer, took_millis)
            select ?, coalesce(max(number), 0) + 1, clock_timestamp() - make_interval(secs => ?), ?, ?, ?
            from webhook_attempt where delivery = ?
            """;
    private static final String MOVE = """
            update webhook_delivery
            set state = ?, tries = tries + 1, next_at = clock_timestamp() + make_interval(secs => ?) where id = ?
            """;
    private static final String TOOK = """
            update webhook_endpoint set next_at = now(), failing_since = null, problem = null, sent = sent + 1
            where name = ?
            """;
    private static final String FAILED = """
            update webhook_endpoint set
                state = case when ? then 'parked' else state end,
                next_at = clock_timestamp() + make_interval(secs => ?),
                failing_since = coalesce(failing_since, clock_timestamp()),
                problem = ?
            where name = ?
            """;

    /** Makes the endpoints known, which is to be done before anything else. */
    void know(Iterable<Endpoint> endpoints) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD_ENDPOINT)) {
            for (Endpoint endpoint : endpoints) {
                insert.setString(1, endpoint.name());
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public Optional<Delivery> take(Endpoint endpoint) {
        try (Connection connection = database.getConnection();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setDouble(1, seconds(lease));
            take.setString(2, endpoint.name());
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? Optional.of(new Delivery(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public void record(Endpoint endpoint, Delivery delivery, Attempt attempt, Function<Duration, Verdict> verdict) {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                Verdict follows = verdict.apply(failingFor(endpoint, transaction));
                log(delivery, attempt, transaction);
                move(delivery, follows, transaction);
                stand(endpoint, attempt, follows, transaction);
                transaction.commit();
            } catch (SQLException | RuntimeException e) {
                transaction.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Duration failingFor(Endpoint endpoint, Connection transaction) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(FAILING_FOR)) {
            select.setString(1, endpoint.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Duration.ofMillis(Math.max(0, Math.round(row.getDouble(1) * 1000)));
            }
        }
    }

    private static void log(Delivery delivery, Attempt attempt, Connection transaction) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(LOG)) {
            insert.setLong(1, delivery.id());
            insert.setDouble(2, seconds(attempt.took()));
            setInt(insert, 3, attempt.status());
            insert.setString(4, attempt.answer());
            insert.setLong(5, attempt.took().toMillis());
            insert.setLong(6, delivery.id());
            insert.executeUpdate();
        }
    }

    private static void move(Delivery delivery, Verdict verdict, Connection transaction) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(MOVE)) {
            update.setString(1, verdict.state().name().toLowerCase(Locale.ROOT));
            update.setDouble(2, seconds(verdict.retryIn()));
            update.setLong(3, delivery.id());
            update.executeUpdate();
        }
    }

    private static void stand(Endpoint endpoint, Attempt attempt, Verdict verdict, Connection transaction)
            throws SQLException {
        if (verdict.state() == State.SENT) {
            try (PreparedStatement update = transaction.prepareStatement(TOOK)) {
                update.setString(1, endpoint.name());
                update.executeUpdate();
            }
            return;
        }
        try (PreparedStatement update = transaction.prepareStatement(FAILED)) {
            String parkedBecause = verdict.parkedBecause();
            update.setBoolean(1, parkedBecause != null);
            update.setDouble(2, seconds(verdict.pause()));
            update.setString(3, parkedBecause == null ? attempt.text() : parkedBecause);
            update.setString(4, endpoint.name());
            update.executeUpdate();
        }
    }

    private static void setInt(PreparedStatement statement, int parameter, @Nullable Integer value)
            throws SQLException {
        if (value == null) {
            statement.setNull(parameter, Types.INTEGER);
        } else {
            statement.setInt(parameter, value);
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
