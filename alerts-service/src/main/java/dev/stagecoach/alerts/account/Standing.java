package dev.stagecoach.alerts.account;

import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stage of an account.
 *
 * @param stage null when it has none any more
 */
public record Standing(@Nullable Stage stage, Instant since) {
    static Standing of(StageChanged change) {
        return new Standing(change.to(), change.at());
    }
}
