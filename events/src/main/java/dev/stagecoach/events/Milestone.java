package dev.stagecoach.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happens to an account once, or once each time. */
public sealed interface Milestone extends EventData {
    @Override
    String account();

    Instant at();

    /** The first ping of a production instance, not before Onboarding; once per account. */
    record FirstPing(
            String account,
            Instant at,
            String instance,
            @Nullable String version) implements Milestone {
        public FirstPing {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("instance", instance);
        }
    }

    /**
     * Users of the account touched a feature for the first time; once per account and feature.
     *
     * @param source {@code ping} or {@code event}
     */
    record FeatureFirstUsed(String account, Instant at, String feature, String source) implements Milestone {
        public FeatureFirstUsed {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("feature", feature);
            Checks.notBlank("source", source);
        }
    }

    /**
     * A usage target is met.
     *
     * @param target {@code utilization} or {@code usage}
     * @param value a fraction; 1 is 100 %
     */
    record TargetReached(String account, Instant at, String target, double value, double threshold)
            implements Milestone {
        public TargetReached {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("target", target);
            Checks.finite("value", value);
            Checks.finite("threshold", threshold);
        }
    }

    /** A usage target that was met is met no longer. */
    record TargetLost(String account, Instant at, String target, double value, double threshold) implements Milestone {
        public TargetLost {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("target", target);
            Checks.finite("value", value);
            Checks.finite("threshold", threshold);
        }
    }

    /** Utilization at the end of Onboarding reached the goal. Fractions; 1 is 100 %. */
    record GoalMet(String account, Instant at, double utilization, double threshold, int mau, int seats)
            implements Milestone {
        public GoalMet {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.finite("utilization", utilization);
            Checks.finite("threshold", threshold);
        }
    }

    /** Utilization at the end of Onboarding stayed below the goal. */
    record GoalMissed(String account, Instant at, double utilization, double threshold, int mau, int seats)
            implements Milestone {
        public GoalMissed {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.finite("utilization", utilization);
            Checks.finite("threshold", threshold);
        }
    }

    /** At the end of Onboarding nobody could say whether the goal was met. */
    record GoalUnknown(String account, Instant at, String why) implements Milestone {
        public GoalUnknown {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("why", why);
        }
    }

    /** An instance that used to ping stopped for longer than the policy allows. */
    record InstanceSilent(String account, Instant at, String instance, Instant lastPingAt) implements Milestone {
        public InstanceSilent {
            Checks.notBlank("account", account);
            Checks.present("at", at);
            Checks.notBlank("instance", instance);
            Checks.present("lastPingAt", lastPingAt);
        }
    }
}
