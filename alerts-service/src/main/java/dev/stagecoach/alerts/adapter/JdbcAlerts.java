package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.alerts.Alerts;
import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.exactlyonce.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts in the transaction of a batch.
 *
 * @param recipients who is told, beside the topic
 */
record JdbcAlerts(Connection transaction, Recipients recipients) implements Alerts {
    private static final String INSERT = """
            insert into alert (id, account, kind, at, title, facts, topic, channel, audience, caused_by)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
            on conflict (id) do nothing returning id
            """;
    private static final String INSERT_DELIVERY = "insert into delivery (alert, channel) values (?, ?)";

    @Override
    public void raise(List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        try {
            List<Alert> fresh = insert(alerts);
            Outbox.addAll(transaction, fresh.stream().map(Alert::toEvent).toList());
            addDeliveries(fresh);
            new JdbcWebhookQueue(transaction, recipients.webhooks()).add(fresh);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** One by one: alerts are few, and each must tell whether it is new. */
    private List<Alert> insert(List<Alert> alerts) throws SQLException {
        List<Alert> fresh = new ArrayList<>();
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            for (Alert alert : alerts) {
                bind(insert, alert.toEvent());
                try (ResultSet inserted = insert.executeQuery()) {
                    if (inserted.next()) {
                        fresh.add(alert);
                    }
                }
            }
        }
        return fresh;
    }

    private void bind(PreparedStatement insert, Event<AlertRaised> event) throws SQLException {
        AlertRaised alert = event.data();
        insert.setString(1, event.id());
        insert.setString(2, alert.account());
        insert.setString(3, alert.kind());
        insert.setObject(4, alert.at().atOffset(ZoneOffset.UTC));
        insert.setString(5, alert.title());
        insert.setString(6, json(alert));
        insert.setString(7, event.topic());
        insert.setString(8, alert.channel());
        insert.setArray(9, transaction.createArrayOf("text", alert.audience().toArray()));
        insert.setString(10, alert.causedBy());
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
