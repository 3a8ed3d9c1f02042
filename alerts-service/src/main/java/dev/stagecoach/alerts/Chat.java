package dev.stagecoach.alerts;

import dev.stagecoach.alerts.delivery.AccountAlerts;
import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Outcome;

/** Where people read alerts. */
public interface Chat {
    /** Posts a message to its place; whatever goes wrong is the outcome. */
    Outcome post(Message message);

    /** How many characters an account takes in a digest. */
    int sizeInDigest(AccountAlerts account);

    /** How many characters a digest has room for. */
    int roomOfDigest();
}
