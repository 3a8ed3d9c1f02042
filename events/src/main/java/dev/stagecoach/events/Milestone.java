package dev.stagecoach.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happens to an account once, or once each time. */
public sealed interface Milestone extends EventData {
    @Override
    String account();

    Instant at();

    /** The version of the policy in force; null in records of programs that did not say so. */
    @Nullable String policyVersion();

    /** The first ping of a production instance, not before Onboarding; once per account. */
    record FirstPing(
            String account,
            Instant at,
            String instance,
            @Nullable String version,
            @Nullable String policyVersion) implements Milestone {
        public FirstPing {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("instance", instance);
        }

        /** As programs told it that did not record their policy. */
        public FirstPing(String account, Instant at, String instance, @Nullable String version) {
            this(account, at, instance, version, null);
        }
    }

    /**
     * Users of the account touched a feature for the first time; once per account and feature.
     *
     * @param source {@code ping} or {@code event}
     */
    record FeatureFirstUsed(
            String account,
            Instant at,
            String feature,
            String source,
            @Nullable String policyVersion) implements Milestone {
        public FeatureFirstUsed {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("feature", feature);
            Checks.notBlank("source", source);
        }

        /** As programs told it that did not record their policy. */
        public FeatureFirstUsed(String account, Instant at, String feature, String source) {
            this(account, at, feature, source, null);
        }
    }

    /**
     * A usage target is met.
     *
     * @param target {@code utilization} or {@code usage}
     * @param value a fraction; 1 is 100 %
     * @param definition whose users were monthly, {@code last-closed-month} or {@code rolling-30-days}
     */
    record TargetReached(
            String account,
            Instant at,
            String target,
            double value,
            double threshold,
            @Nullable String definition,
            @Nullable String policyVersion)
            implements Milestone {
        public TargetReached {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("target", target);
            Checks.finite("value", value);
            Checks.finite("threshold", threshold);
        }

        /** As programs told it that did not record their policy. */
        public TargetReached(String account, Instant at, String target, double value, double threshold) {
            this(account, at, target, value, threshold, null, null);
        }
    }

    /** A usage target that was met is met no longer; with the numbers of {@link TargetReached}. */
    record TargetLost(
            String account,
            Instant at,
            String target,
            double value,
            double threshold,
            @Nullable String definition,
            @Nullable String policyVersion)
            implements Milestone {
        public TargetLost {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("target", target);
            Checks.finite("value", value);
            Checks.finite("threshold", threshold);
        }

        /** As programs told it that did not record their policy. */
        public TargetLost(String account, Instant at, String target, double value, double threshold) {
            this(account, at, target, value, threshold, null, null);
        }
    }

    /**
     * Utilization at the end of Onboarding reached the goal. Fractions; 1 is 100 %.
     *
     * @param definition whose users were monthly, {@code last-closed-month} or {@code rolling-30-days}
     */
    record GoalMet(
            String account,
            Instant at,
            double utilization,
            double threshold,
            int mau,
            int seats,
            @Nullable String definition,
            @Nullable String policyVersion)
            implements Milestone {
        public GoalMet {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.finite("utilization", utilization);
            Checks.finite("threshold", threshold);
        }

        /** As programs told it that did not record their policy. */
        public GoalMet(String account, Instant at, double utilization, double threshold, int mau, int seats) {
            this(account, at, utilization, threshold, mau, seats, null, null);
        }
    }

    /** Utilization at the end of Onboarding stayed below the goal; with the numbers of {@link GoalMet}. */
    record GoalMissed(
            String account,
            Instant at,
            double utilization,
            double threshold,
            int mau,
            int seats,
            @Nullable String definition,
            @Nullable String policyVersion)
            implements Milestone {
        public GoalMissed {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.finite("utilization", utilization);
            Checks.finite("threshold", threshold);
        }

        /** As programs told it that did not record their policy. */
        public GoalMissed(String account, Instant at, double utilization, double threshold, int mau, int seats) {
            this(account, at, utilization, threshold, mau, seats, null, null);
        }
    }

    /** At the end of Onboarding nobody could say whether the goal was met. */
    record GoalUnknown(
            String account,
            Instant at,
            String why,
            @Nullable String definition,
            @Nullable String policyVersion) implements Milestone {
        public GoalUnknown {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("why", why);
        }

        /** As programs told it that did not record their policy. */
        public GoalUnknown(String account, Instant at, String why) {
            this(account, at, why, null, null);
        }
    }

    /** An instance that used to ping stopped for longer than the policy allows. */
    record InstanceSilent(
            String account,
            Instant at,
            String instance,
            Instant lastPingAt,
            @Nullable String policyVersion) implements Milestone {
        public InstanceSilent {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("instance", instance);
            Checks.present("lastPingAt", lastPingAt);
        }

        /** As programs told it that did not record their policy. */
        public InstanceSilent(String account, Instant at, String instance, Instant lastPingAt) {
            this(account, at, instance, lastPingAt, null);
        }
    }
}
