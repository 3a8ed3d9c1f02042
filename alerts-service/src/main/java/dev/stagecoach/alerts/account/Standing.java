package dev.stagecoach.alerts.account;

import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stage of an account.
 *
 * @param needs what was missing for another one when it was decided, in words
 */
public record Standing(Stage stage, Instant since, @Nullable String needs) {
    static Standing of(StageChanged change) {
        NearestMiss miss = change.reason().nearestMiss();
        return new Standing(change.to(), change.at(), miss == null ? null : miss.needs());
    }
}
