package dev.stagecoach.events;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Something that happens to an account once, or once each time. */
public sealed interface Milestone extends EventData {
    String account();

    Instant at();

    /** The first ping of a production instance, not before Onboarding; once per account. */
    record FirstPing(
            String account,
            Instant at,
            String instance,
            @Nullable String version) implements Milestone {}

    /**
     * Users of the account touched a feature for the first time; once per account and feature.
     *
     * @param source {@code ping} or {@code event}
     */
    record FeatureFirstUsed(String account, Instant at, String feature, String source) implements Milestone {}

    /**
     * A usage target is met.
     *
     * @param target {@code utilization} or {@code usage}
     * @param value a fraction; 1 is 100 %
     */
    record TargetReached(String account, Instant at, String target, double value, double threshold)
            implements Milestone {}

    /** A usage target that was met is met no longer. */
    record TargetLost(String account, Instant at, String target, double value, double threshold) implements Milestone {}

    /** Utilization at the end of Onboarding reached the goal. Fractions; 1 is 100 %. */
    record GoalMet(String account, Instant at, double utilization, double threshold, int mau, int seats)
            implements Milestone {}

    /** Utilization at the end of Onboarding stayed below the goal. */
    record GoalMissed(String account, Instant at, double utilization, double threshold, int mau, int seats)
            implements Milestone {}

    /** At the end of Onboarding nobody could say whether the goal was met. */
    record GoalUnknown(String account, Instant at, String why) implements Milestone {}

    /** An instance that used to ping stopped for longer than the policy allows. */
    record InstanceSilent(String account, Instant at, String instance, Instant lastPingAt) implements Milestone {}
}
