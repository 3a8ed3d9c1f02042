package dev.stagecoach.alerts.journey;

import dev.stagecoach.events.Input;
import dev.stagecoach.events.StageChanged;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of the stage policy, as decisions carried them: this service has no such policy of its own. What no decision carried is
 * empty.
 *
 * @param prospectDays within how many days the expected close makes a Prospect
 * @param onboardingDays how many days Onboarding lasts
 * @param renewingDays within how many days the renewal date makes an account Renewing
 * @param utilization target, a fraction
 * @param usage target, a fraction
 */
public record Limits(
        Optional<Integer> prospectDays,
        Optional<Integer> onboardingDays,
        Optional<Integer> renewingDays,
        Optional<Double> utilization,
        Optional<Double> usage) {
    public static final Limits UNKNOWN =
            new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Of each number that which was carried last. */
    public static Limits of(List<StageChanged> newestFirst) {
        return new Limits(
                last(newestFirst, "daysToClose").map(Number::intValue),
                last(newestFirst, "day").map(Number::intValue),
                last(newestFirst, "daysToRenewal").map(Number::intValue),
                last(newestFirst, "utilization").map(Number::doubleValue),
                last(newestFirst, "usage").map(Number::doubleValue));
    }

    private static Optional<Number> last(List<StageChanged> changes, String name) {
        return changes.stream()
                .flatMap(change -> change.reason().inputs().stream())
                .filter(input -> input.name().equals(name))
                .map(Input::threshold)
                .filter(Number.class::isInstance)
                .map(Number.class::cast)
                .findFirst();
    }
}
