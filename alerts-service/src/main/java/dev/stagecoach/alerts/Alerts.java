package dev.stagecoach.alerts;

import dev.stagecoach.alerts.rule.Alert;
import java.util.List;

/** The alerts that were raised. */
public interface Alerts {
    /** Records alerts, publishes them and puts them on their way to the chat; those raised before are passed over. */
    void raise(List<Alert> alerts);
}
