package dev.stagecoach.alerts.account;

import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import java.time.Instant;

/** The stage of an account. */
public record Standing(Stage stage, Instant since) {
    static Standing of(StageChanged change) {
        return new Standing(change.to(), change.at());
    }
}
