package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.alerts.Alerts;
import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.act.Arrival;
import dev.stagecoach.alerts.act.Earlier;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.rule.Matter;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.exactlyonce.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Alerts in the transaction of a batch.
 *
 * @param recipients who is told, beside the topic
 * @param acknowledgedFor for how long an acknowledged alert keeps others of its matter quiet
 * @param raised is told which are new
 * @param traces what comes of an event is part of, by its id; only of those that are part of a trace
 */
record JdbcAlerts(
        Connection transaction,
        Recipients recipients,
        Duration acknowledgedFor,
        RaisedAlerts raised,
        Map<String, String> traces)
        implements Alerts {
    /** So many of a matter, the newest, are looked at to say how another one comes. */
    private static final int MOST_EARLIER = 50;

    private static final String INSERT = """
            insert into alert (id, account, kind, at, title, facts, topic, channel, audience, caused_by,
                               matter, direction, severity, state, state_at, snoozed_until, assignee, covered_by)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing returning id
            """;
    private static final String EARLIER = """
            select id, at, direction, severity, state, state_at, snoozed_until, assignee
            from alert where account = ? and matter = ? and at <= ? and id <> ?
            order by at desc, id desc limit ?
            """;
    private static final String END_SNOOZES = """
            with woken as (
                update alert set state = 'open', state_at = ?, snoozed_until = null
                where state = 'snoozed' and snoozed_until <= ? returning id),
            acted as (
                insert into alert_act (alert, act, who, at) select id, 'wake', 'time', ? from woken returning alert)
            select pg_notify(?, alert) from acted
            """;
    private static final String INSERT_DELIVERY = "insert into delivery (alert, channel) values (?, ?)";

    @Override
    public void raise(List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        try {
            List<Alert> fresh = new ArrayList<>();
            List<Alert> loud = new ArrayList<>();
            for (Alert alert : alerts) {
                Arrival arrival = Arrival.of(alert, earlier(alert), acknowledgedFor);
                Alert arriving = arrival.arriving(alert);
                if (!(arrival instanceof Arrival.LeftOut) && insert(arriving, arrival)) {
                    fresh.add(arriving);
                    if (arrival instanceof Arrival.Loud) {
                        loud.add(arriving);
                    }
                }
            }
            Outbox.addAll(
                    transaction,
                    fresh.stream()
                            .map(alert -> alert.toEvent().partOf(traces.get(alert.causedBy())))
                            .toList());
            addDeliveries(loud);
            raised.add(fresh);
            new JdbcWebhookQueue(transaction, recipients.webhooks()).add(fresh);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    @Override
    public void endSnoozes(Instant tick) {
        try (PreparedStatement update = transaction.prepareStatement(END_SNOOZES)) {
            for (int parameter = 1; parameter <= 3; parameter++) {
                update.setObject(parameter, utc(tick));
            }
            update.setString(4, JdbcHandlings.CHANNEL);
            update.execute();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private List<Earlier> earlier(Alert alert) throws SQLException {
        Matter matter = alert.matter();
        if (matter == null) {
            return List.of();
        }
        try (PreparedStatement select = transaction.prepareStatement(EARLIER)) {
            select.setString(1, alert.account());
            select.setString(2, matter.name());
            select.setObject(3, utc(alert.at().plus(alert.coolDown())));
            select.setString(4, alert.id());
            select.setInt(5, MOST_EARLIER);
            try (ResultSet rows = select.executeQuery()) {
                List<Earlier> earlier = new ArrayList<>();
                while (rows.next()) {
                    earlier.add(earlier(rows));
                }
                return earlier;
            }
        }
    }

    private static Earlier earlier(ResultSet row) throws SQLException {
        return new Earlier(
                row.getString("id"),
                Objects.requireNonNull(instant(row, "at")),
                row.getString("direction"),
                row.getInt("severity"),
                AlertState.byWireName(row.getString("state")).orElseThrow(),
                instant(row, "state_at"),
                instant(row, "snoozed_until"),
                row.getString("assignee"));
    }

    /**
     * One by one: alerts are few, and each must tell whether it is new.
     *
     * @return whether it is
     */
    private boolean insert(Alert alert, Arrival arrival) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            bind(insert, alert.toEvent());
            bindMatter(insert, alert.matter(), arrival instanceof Arrival.Quiet quiet ? quiet.like() : null);
            try (ResultSet inserted = insert.executeQuery()) {
                return inserted.next();
            }
        }
    }

    private void bind(PreparedStatement insert, Event<AlertRaised> event) throws SQLException {
        AlertRaised alert = event.data();
        insert.setString(1, event.id());
        insert.setString(2, alert.account());
        insert.setString(3, alert.kind());
        insert.setObject(4, utc(alert.at()));
        insert.setString(5, alert.title());
        insert.setString(6, json(alert));
        insert.setString(7, event.topic());
        insert.setString(8, alert.channel());
        insert.setArray(9, transaction.createArrayOf("text", alert.audience().toArray()));
        insert.setString(10, alert.causedBy());
    }

    private static void bindMatter(PreparedStatement insert, @Nullable Matter matter, @Nullable Earlier like)
            throws SQLException {
        insert.setString(11, matter == null ? null : matter.name());
        insert.setString(12, matter == null ? "" : matter.direction());
        insert.setInt(13, severity(matter, like));
        insert.setString(
                14, like == null ? AlertState.OPEN.wireName() : like.state().wireName());
        insert.setObject(15, like == null || like.stateAt() == null ? null : utc(like.stateAt()));
        insert.setObject(16, like == null || like.snoozedUntil() == null ? null : utc(like.snoozedUntil()));
        insert.setString(17, like == null ? null : like.assignee());
        insert.setString(18, like == null ? null : like.id());
    }

    /** People know of the worse one, so that one must be surpassed. */
    private static int severity(@Nullable Matter matter, @Nullable Earlier like) {
        int own = matter == null ? 0 : matter.severity();
        return like == null ? own : Math.max(own, like.severity());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static String json(AlertRaised alert) {
        try {
            return EventCodec.json().writeValueAsString(alert.facts());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts of " + alert.title() + " are no JSON", e);
        }
    }

    private void addDeliveries(List<Alert> alerts) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_DELIVERY)) {
            boolean any = false;
            for (Alert alert : alerts) {
                if (recipients.chatChannels().contains(alert.channel().key())) {
                    insert.setString(1, alert.id());
                    insert.setString(2, alert.channel().key());
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }
}
