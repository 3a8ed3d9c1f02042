package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagecoach.alerts.Deliveries;
import dev.stagecoach.alerts.delivery.AccountAlerts;
import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Message.Digest;
import dev.stagecoach.alerts.delivery.Message.Single;
import dev.stagecoach.alerts.delivery.Place;
import dev.stagecoach.alerts.delivery.Step;
import dev.stagecoach.alerts.delivery.Step.State;
import dev.stagecoach.alerts.delivery.Waiting;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Waiting alerts. The row lock on a place's pace is held while a message is posted: it makes one replica the sender, keeps
 * the spacing across replicas and restarts, and is let go by the database when the process dies.
 *
 * @param broadcast the kinds that the whole channel sees, by the channel's key
 */
record JdbcDeliveries(DataSource database, Map<String, Set<AlertKind>> broadcast) implements Deliveries {
    /** What is read for one digest. Of what is not read, an account may be in a later digest again. */
    private static final int MOST_READ = 20_000;

    private static final String COUNT = """
            select count(*) from
            (select 1 from delivery where channel = any (?) and state = 'waiting' limit ?) first_ones
            """;
    private static final String COUNT_ALL =
            "select count(*) from delivery where channel = any (?) and state = 'waiting'";
    private static final String OLDEST = """
            select d.seq, d.channel as key, d.attempts, a.id, a.account, a.kind, a.at, a.title, a.facts, a.topic, a.channel,
                a.audience, a.caused_by, t.message as thread
            from delivery d join alert a on a.id = d.alert
                left join chat_thread t on t.place = ? and t.account = a.account
            where d.channel = any (?) and d.state = 'waiting' order by d.seq limit 1
            """;
    private static final String WAITING = """
            select d.seq, d.channel as key, d.attempts, a.account, a.kind, a.title, a.facts ->> 'accountName' as name,
                a.facts ->> 'link' as link
            from delivery d join alert a on a.id = d.alert
            where d.channel = any (?) and d.state = 'waiting' order by d.seq limit ?
            """;
    private static final String RECORD = """
            update delivery set state = ?, attempts = attempts + 1, last_error = ?, message = ?, changed_at = clock_timestamp()
            where seq = any (?)
            """;
    private static final String START_THREAD = """
            insert into chat_thread (place, account, message) values (?, ?, ?) on conflict (place, account) do nothing
            """;
    private static final String FORGET_THREAD = "delete from chat_thread where place = ? and account = ?";
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    @Override
    public Turn next(
            Place place,
            int mostSingles,
            Function<List<Waiting>, List<AccountAlerts>> fitting,
            Function<Message, Step> attempt) {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                Turn turn = new Sending(transaction, place).next(mostSingles, fitting, attempt);
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

    static Map<String, Object> facts(String json) {
        try {
            return EventCodec.json().readValue(json, FACTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored facts are no JSON: " + json, e);
        }
    }

    private boolean isBroadcast(String channel, String kind) {
        Set<AlertKind> kinds = broadcast.getOrDefault(channel, Set.of());
        return AlertKind.byWireName(kind).filter(kinds::contains).isPresent();
    }

    /** A message and the rows it carries. */
    private record Taken(Message message, List<Long> rows) {}

    /** One turn of a place. */
    private final class Sending {
        private final Connection transaction;
        private final Place place;
        private final JdbcPace pace;

        Sending(Connection transaction, Place place) {
            this.transaction = transaction;
            this.place = place;
            this.pace = new JdbcPace(transaction, place.name());
        }

        Turn next(
                int mostSingles, Function<List<Waiting>, List<AccountAlerts>> fitting, Function<Message, Step> attempt)
                throws SQLException {
            if (!pace.isTurn()) {
                return Turn.NOT_YET;
            }
            int waiting = count(mostSingles + 1);
            if (waiting == 0) {
                return Turn.NOTHING_WAITS;
            }
            Taken taken = waiting > mostSingles ? digest(fitting) : oldest();
            record(taken, attempt.apply(taken.message()));
            return Turn.TRIED;
        }

        private int count(int most) throws SQLException {
            try (PreparedStatement select = transaction.prepareStatement(COUNT)) {
                select.setArray(1, channels());
                select.setInt(2, most);
                return number(select);
            }
        }

        private int countAll() throws SQLException {
            try (PreparedStatement select = transaction.prepareStatement(COUNT_ALL)) {
                select.setArray(1, channels());
                return number(select);
            }
        }

        private int number(PreparedStatement select) throws SQLException {
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }

        private java.sql.Array channels() throws SQLException {
            return transaction.createArrayOf("text", place.channels().toArray());
        }

        private Taken oldest() throws SQLException {
            try (PreparedStatement select = transaction.prepareStatement(OLDEST)) {
                select.setString(1, place.name());
                select.setArray(2, channels());
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return new Taken(single(row), List.of(row.getLong("seq")));
                }
            }
        }

        private Single single(ResultSet row) throws SQLException {
            AlertRaised alert = new AlertRaised(
                    row.getString("account"),
                    row.getString("kind"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("title"),
                    facts(row.getString("facts")),
                    row.getString("channel"),
                    List.of((String[]) row.getArray("audience").getArray()),
                    row.getString("caused_by"));
            return new Single(
                    place.name(),
                    row.getString("topic"),
                    alert,
                    place.threads() ? row.getString("thread") : null,
                    isBroadcast(row.getString("key"), alert.kind()),
                    row.getInt("attempts"));
        }

        private Taken digest(Function<List<Waiting>, List<AccountAlerts>> fitting) throws SQLException {
            List<Waiting> waiting = new ArrayList<>();
            int attempts = 0;
            try (PreparedStatement select = transaction.prepareStatement(WAITING)) {
                select.setArray(1, channels());
                select.setInt(2, MOST_READ);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        attempts = waiting.isEmpty() ? row.getInt("attempts") : attempts;
                        waiting.add(waiting(row));
                    }
                }
            }
            List<AccountAlerts> accounts = fitting.apply(waiting);
            List<Long> rows = accounts.stream()
                    .flatMap(account -> account.alerts().stream())
                    .map(Waiting::place)
                    .toList();
            return new Taken(new Digest(place.name(), accounts, countAll() - rows.size(), attempts), rows);
        }

        private Waiting waiting(ResultSet row) throws SQLException {
            String account = row.getString("account");
            String name = row.getString("name");
            String kind = row.getString("kind");
            return new Waiting(
                    row.getLong("seq"),
                    account,
                    name == null ? account : name,
                    row.getString("link"),
                    AlertKind.byWireName(kind).map(AlertKind::label).orElse(kind),
                    row.getString("title"),
                    isBroadcast(row.getString("key"), kind));
        }

        private void record(Taken taken, Step step) throws SQLException {
            boolean sent = step.state() == State.SENT;
            try (PreparedStatement update = transaction.prepareStatement(RECORD)) {
                update.setString(1, step.state().name().toLowerCase(Locale.ROOT));
                update.setString(2, step.error());
                update.setString(3, sent ? messageId(taken, step.message()) : null);
                update.setArray(
                        4, transaction.createArrayOf("bigint", taken.rows().toArray()));
                update.executeUpdate();
            }
            pace.rest(step, taken.rows().size());
            if (taken.message() instanceof Single single) {
                keepThread(single, step);
            }
        }

        /** The chat's own name for it, or one that no other message has: that of its first row. */
        private String messageId(Taken taken, @Nullable String ofChat) {
            return ofChat == null
                    ? DecisionId.of("chat-message", place.name(), taken.rows().get(0))
                    : ofChat;
        }

        private void keepThread(Single single, Step step) throws SQLException {
            if (step.forgetsThread()) {
                try (PreparedStatement forget = transaction.prepareStatement(FORGET_THREAD)) {
                    forget.setString(1, place.name());
                    forget.setString(2, single.alert().account());
                    forget.executeUpdate();
                }
            } else if (place.threads() && single.thread() == null && step.message() != null) {
                try (PreparedStatement start = transaction.prepareStatement(START_THREAD)) {
                    start.setString(1, place.name());
                    start.setString(2, single.alert().account());
                    start.setString(3, step.message());
                    start.executeUpdate();
                }
            }
        }
    }
}
