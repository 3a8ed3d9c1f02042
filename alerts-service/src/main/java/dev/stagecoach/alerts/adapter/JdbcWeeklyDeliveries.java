package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Deliveries.Turn;
import dev.stagecoach.alerts.WeeklyDeliveries;
import dev.stagecoach.alerts.delivery.Message.Weekly;
import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.delivery.Step;
import dev.stagecoach.alerts.delivery.Step.State;
import dev.stagecoach.alerts.digest.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Waiting weekly digests. The row of the digest is locked while it is posted, and so is the pace of its place, which alerts
 * for the same place share.
 */
record JdbcWeeklyDeliveries(DataSource database) implements WeeklyDeliveries {
    private static final String OLDEST = """
            select d.digest, d.attempts, g.owner, g.content
            from digest_delivery d join digest g on g.id = d.digest
            where d.state = 'waiting' and d.next_at <= now()
            order by d.next_at, d.digest limit 1 for update of d skip locked
            """;
    private static final String PUT_OFF =
            "update digest_delivery set next_at = now() + interval '1 second' where digest = ?";
    private static final String RECORD = """
            update digest_delivery set state = ?, attempts = attempts + 1, last_error = ?,
                next_at = clock_timestamp() + make_interval(secs => ?)
            where digest = ?
            """;

    @Override
    public Turn next(Function<String, Place> placeOf, Function<Weekly, Step> attempt) {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                Turn turn = next(placeOf, attempt, transaction);
                transaction.commit();
                return turn;
            } catch (SQLException | RuntimeException e) {
                transaction.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Turn next(Function<String, Place> placeOf, Function<Weekly, Step> attempt, Connection transaction)
            throws SQLException {
        Optional<Waiting> oldest = oldest(transaction);
        if (oldest.isEmpty()) {
            return Turn.NOTHING_WAITS;
        }
        Digest digest = oldest.get().digest();
        JdbcPace pace = new JdbcPace(transaction, placeOf.apply(digest.owner()).name());
        if (!pace.isTurn()) {
            putOff(digest.id(), transaction);
            return Turn.NOT_YET;
        }
        Step step = attempt.apply(new Weekly(pace.place(), digest, oldest.get().attempts()));
        record(digest.id(), step, transaction);
        pace.rest(step, 0);
        return Turn.TRIED;
    }

    /** Lets those for other places go first. */
    private static void putOff(String digest, Connection transaction) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(PUT_OFF)) {
            update.setString(1, digest);
            update.executeUpdate();
        }
    }

    private record Waiting(Digest digest, int attempts) {}

    private static Optional<Waiting> oldest(Connection transaction) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(OLDEST);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Waiting(DigestsResource.digest(row.getString("content")), row.getInt("attempts")))
                    : Optional.empty();
        }
    }

    private static void record(String digest, Step step, Connection transaction) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(RECORD)) {
            update.setString(1, step.state().name().toLowerCase(Locale.ROOT));
            update.setString(2, step.error());
            update.setDouble(3, step.state() == State.WAITING ? step.pause().toMillis() / 1000.0 : 0);
            update.setString(4, digest);
            update.executeUpdate();
        }
    }
}
