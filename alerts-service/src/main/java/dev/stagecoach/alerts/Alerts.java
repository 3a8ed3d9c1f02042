package dev.stagecoach.alerts;

import dev.stagecoach.alerts.rule.Alert;
import java.time.Instant;
import java.util.List;

/** The alerts that were raised. */
public interface Alerts {
    /**
     * Records alerts, publishes them and puts them on their way to the chat; those raised before are passed over. Each comes as
     * {@link dev.stagecoach.alerts.act.Arrival} says, given those before it.
     */
    void raise(List<Alert> alerts);

    /** Opens what was snoozed until then. */
    void endSnoozes(Instant tick);
}
