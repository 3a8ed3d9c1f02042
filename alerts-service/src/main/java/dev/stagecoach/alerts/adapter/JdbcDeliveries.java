package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagecoach.alerts.Deliveries;
import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Step;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Waiting messages. The row lock on a channel's pace is held while a message is posted: it makes one replica the sender, keeps
 * the spacing across replicas and restarts, and is let go by the database when the process dies.
 */
record JdbcDeliveries(DataSource database) implements Deliveries {
    private static final String ADD_CHANNEL =
            "insert into channel_pace (channel) values (?) on conflict (channel) do nothing";
    private static final String LOCK_CHANNEL =
            "select next_at <= clock_timestamp() as due from channel_pace where channel = ? for update skip locked";
    private static final String OLDEST = """
            select a.id, a.account, a.kind, a.at, a.title, a.facts, a.topic, a.channel, a.audience, a.caused_by, d.attempts
            from delivery d join alert a on a.id = d.alert
            where d.channel = ? and d.state = 'waiting' order by d.seq limit 1
            """;
    private static final String RECORD = """
            update delivery set state = ?, attempts = attempts + 1, last_error = ?, changed_at = clock_timestamp()
            where alert = ? and channel = ?
            """;
    private static final String REST =
            "update channel_pace set next_at = clock_timestamp() + make_interval(secs => ?) where channel = ?";
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    @Override
    public Turn next(String channel, Function<Message, Step> attempt) {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                Turn turn = next(transaction, channel, attempt);
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

    private static Turn next(Connection transaction, String channel, Function<Message, Step> attempt)
            throws SQLException {
        if (!isTurnOf(transaction, channel)) {
            return Turn.NOT_YET;
        }
        Optional<Message> oldest = oldest(transaction, channel);
        if (oldest.isEmpty()) {
            return Turn.NOTHING_WAITS;
        }
        record(transaction, oldest.get(), attempt.apply(oldest.get()));
        return Turn.TRIED;
    }

    private static boolean isTurnOf(Connection transaction, String channel) throws SQLException {
        try (PreparedStatement lock = transaction.prepareStatement(LOCK_CHANNEL)) {
            lock.setString(1, channel);
            try (ResultSet row = lock.executeQuery()) {
                if (row.next()) {
                    return row.getBoolean("due");
                }
            }
        }
        // Another replica has it, or it has never been used: then it is there at the next call.
        try (PreparedStatement add = transaction.prepareStatement(ADD_CHANNEL)) {
            add.setString(1, channel);
            add.executeUpdate();
        }
        return false;
    }

    private static Optional<Message> oldest(Connection transaction, String channel) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(OLDEST)) {
            select.setString(1, channel);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(message(row, channel)) : Optional.empty();
            }
        }
    }

    private static Message message(ResultSet row, String channel) throws SQLException {
        AlertRaised alert = new AlertRaised(
                row.getString("account"),
                row.getString("kind"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("title"),
                facts(row.getString("facts")),
                row.getString("channel"),
                List.of((String[]) row.getArray("audience").getArray()),
                row.getString("caused_by"));
        return new Message(row.getString("id"), channel, row.getString("topic"), alert, row.getInt("attempts"));
    }

    static Map<String, Object> facts(String json) {
        try {
            return EventCodec.json().readValue(json, FACTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored facts are no JSON: " + json, e);
        }
    }

    private static void record(Connection transaction, Message message, Step step) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(RECORD)) {
            update.setString(1, step.state().name().toLowerCase(Locale.ROOT));
            update.setString(2, step.error());
            update.setString(3, message.id());
            update.setString(4, message.channel());
            update.executeUpdate();
        }
        try (PreparedStatement rest = transaction.prepareStatement(REST)) {
            rest.setDouble(1, step.pause().toMillis() / 1000.0);
            rest.setString(2, message.channel());
            rest.executeUpdate();
        }
    }
}
