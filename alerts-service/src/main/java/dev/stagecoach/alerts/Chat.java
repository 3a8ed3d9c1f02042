package dev.stagecoach.alerts;

import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Outcome;

/** Where people read alerts. */
public interface Chat {
    /** Posts a message to its channel; whatever goes wrong is the outcome. */
    Outcome post(Message message);
}
