package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.lifecycle.health.Assessment;
import dev.stagecoach.lifecycle.health.HealthStanding;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health of an account at its last look.
 *
 * @param score 0 to 10; null when nothing is known
 * @param since the day on which the level began; null when there never was one
 * @param asOf the day of the look that last changed anything here; null before the first. Time alone makes a look due on the day on
 *     which it changes points
 * @param equation the equation of the policy; null while the account is no customer
 * @param reasons what made it better or worse than the level before
 */
public record HealthView(
        HealthLevel level,
        @Nullable Double score,
        @Nullable LocalDate since,
        @Nullable LocalDate asOf,
        @Nullable String equation,
        List<HealthCategory> categories,
        List<String> reasons) {
    static HealthView of(HealthStanding health) {
        Assessment latest = health.latest();
        return new HealthView(
                health.level(),
                latest.score(),
                health.since(),
                health.asOf(),
                latest.equation(),
                latest.categories(),
                health.reasons());
    }
}
