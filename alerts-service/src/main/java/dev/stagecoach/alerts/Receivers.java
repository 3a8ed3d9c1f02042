package dev.stagecoach.alerts;

import dev.stagecoach.alerts.webhook.Attempt;
import dev.stagecoach.alerts.webhook.Delivery;
import dev.stagecoach.alerts.webhook.Endpoint;

/** The programs behind webhooks. */
public interface Receivers {
    /** Sends a message, signed; whatever goes wrong is told by the attempt. */
    Attempt post(Endpoint endpoint, Delivery delivery);
}
