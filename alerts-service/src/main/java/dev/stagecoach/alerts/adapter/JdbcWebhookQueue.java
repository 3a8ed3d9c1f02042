package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.webhook.Endpoint;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** New alerts on their way to webhooks, in the transaction of a batch. */
record JdbcWebhookQueue(Connection transaction, List<Endpoint> endpoints) {
    private static final String INSERT = """
            insert into webhook_delivery (endpoint, message, alert, body) values (?, ?, ?, ?)
            """;

    void add(List<Alert> alerts) throws SQLException {
        if (alerts.isEmpty() || endpoints.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            for (Alert alert : alerts) {
                Event<AlertRaised> event = alert.toEvent();
                String body = WebhookBody.of(event);
                for (Endpoint endpoint : endpoints) {
                    if (endpoint.takes(event.data().kind())) {
                        insert.setString(1, endpoint.name());
                        insert.setString(2, event.id());
                        insert.setString(3, event.id());
                        insert.setString(4, body);
                        insert.addBatch();
                    }
                }
            }
            insert.executeBatch();
        }
    }
}
