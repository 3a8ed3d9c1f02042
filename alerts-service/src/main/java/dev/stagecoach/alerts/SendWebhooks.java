package dev.stagecoach.alerts;

import dev.stagecoach.alerts.Deliveries.Turn;
import dev.stagecoach.alerts.webhook.Attempt;
import dev.stagecoach.alerts.webhook.Delivery;
import dev.stagecoach.alerts.webhook.Endpoint;
import dev.stagecoach.alerts.webhook.Retries;
import java.util.Optional;

/** Sends what waits for a webhook. */
public final class SendWebhooks {
    private final WebhookDeliveries deliveries;
    private final Receivers receivers;
    private final Retries retries;

    public SendWebhooks(WebhookDeliveries deliveries, Receivers receivers, Retries retries) {
        this.deliveries = deliveries;
        this.receivers = receivers;
        this.retries = retries;
    }

    /** Tries the next message that is due at an endpoint. */
    public Turn next(Endpoint endpoint) {
        Optional<Delivery> due = deliveries.take(endpoint);
        if (due.isEmpty()) {
            return Turn.NOTHING_WAITS;
        }
        Attempt attempt = receivers.post(endpoint, due.get());
        int tries = due.get().tries();
        deliveries.record(endpoint, due.get(), attempt, failingFor -> retries.after(attempt, tries, failingFor));
        return Turn.TRIED;
    }
}
