package dev.stagecoach.lifecycle.explain;

import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.lifecycle.health.HealthMiss;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an account is as healthy as it is, as of the last tick.
 *
 * @param score 0 to 10; null when nothing is known
 * @param since the day on which the level began; null when there never was one
 * @param asOf the day of the last tick
 * @param equation the equation of the policy; null while the account is no customer
 * @param categories every measure with its value, its points and the bound that gave them, or why it is unknown
 * @param reasons what made it better or worse than the level before
 * @param nearestMiss what would lift the level with the least; null when it is healthy, or the account is no customer
 * @param next the next level that time alone will bring if nothing else changes; null when it never will
 */
public record WhyHealth(
        HealthLevel level,
        @Nullable Double score,
        @Nullable LocalDate since,
        LocalDate asOf,
        @Nullable String equation,
        List<HealthCategory> categories,
        List<String> reasons,
        @Nullable HealthMiss nearestMiss,
        @Nullable HealthAhead next) {
    public WhyHealth {
        categories = List.copyOf(categories);
        reasons = List.copyOf(reasons);
    }
}
