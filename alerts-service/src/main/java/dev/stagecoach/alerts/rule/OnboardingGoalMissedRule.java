package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Milestone.GoalMissed;
import java.util.Optional;

/** Onboarding ended below its goal. */
record OnboardingGoalMissedRule() implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.data() instanceof GoalMissed miss ? Optional.of(finding(miss, account)) : Optional.empty();
    }

    private static Finding finding(GoalMissed miss, Account account) {
        String title = account.displayName() + " missed its onboarding goal: " + Words.percent(miss.utilization())
                + " of " + miss.seats() + " seats, the goal is " + Words.percent(miss.threshold());
        long needed = (long) Math.ceil(miss.threshold() * miss.seats()) - miss.mau();
        return Finding.of(AlertKind.ONBOARDING_GOAL_MISSED, title)
                .because(needed > 0 ? "The goal needed " + Words.counted(needed, "more active user") + "." : null)
                .with("utilization", miss.utilization())
                .with("threshold", miss.threshold())
                .with("mau", miss.mau())
                .with("seats", miss.seats())
                .about("", 0);
    }
}
