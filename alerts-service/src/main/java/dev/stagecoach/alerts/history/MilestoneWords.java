package dev.stagecoach.alerts.history;

import dev.stagecoach.events.Milestone;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Milestones in words. */
final class MilestoneWords {
    private MilestoneWords() {}

    static String title(Milestone milestone) {
        if (milestone instanceof Milestone.FirstPing ping) {
            return "First ping, of instance " + ping.instance()
                    + (ping.version() == null ? "" : " with version " + ping.version());
        }
        if (milestone instanceof Milestone.FeatureFirstUsed feature) {
            return "First use of " + feature.feature();
        }
        if (milestone instanceof Milestone.TargetReached target) {
            return named(target.target()) + " target reached: " + percent(target.value()) + " (target "
                    + percent(target.threshold()) + ")";
        }
        if (milestone instanceof Milestone.TargetLost target) {
            return named(target.target()) + " target lost: " + percent(target.value()) + " (target "
                    + percent(target.threshold()) + ")";
        }
        if (milestone instanceof Milestone.GoalMet goal) {
            return "Onboarding goal met: " + percent(goal.utilization()) + " of " + goal.seats() + " seats (goal "
                    + percent(goal.threshold()) + ")";
        }
        if (milestone instanceof Milestone.GoalMissed goal) {
            return "Onboarding goal missed: " + percent(goal.utilization()) + " of " + goal.seats() + " seats (goal "
                    + percent(goal.threshold()) + ")";
        }
        if (milestone instanceof Milestone.GoalUnknown goal) {
            return "Onboarding goal unknown: " + goal.why();
        }
        Milestone.InstanceSilent silent = (Milestone.InstanceSilent) milestone;
        return "Instance " + silent.instance() + " is silent since " + silent.lastPingAt();
    }

    private static String named(String target) {
        return Character.toUpperCase(target.charAt(0)) + target.substring(1);
    }

    /** Rounded down: what is below a threshold does not read as if it met it. */
    private static String percent(double fraction) {
        return BigDecimal.valueOf(fraction).movePointRight(2).setScale(0, RoundingMode.FLOOR) + " %";
    }
}
