package dev.stagecoach.alerts.account;

import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The health of an account.
 *
 * @param score 0 to 10; null when unknown
 */
public record Health(HealthLevel level, @Nullable Double score, Instant at) {
    static Health of(HealthChanged change) {
        return new Health(change.to(), change.score(), change.at());
    }
}
