package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Milestone.FeatureFirstUsed;
import java.util.Optional;

/** Users of an account touch a feature for the first time. */
record FeatureFirstUsedRule() implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.data() instanceof FeatureFirstUsed use ? Optional.of(finding(use, account)) : Optional.empty();
    }

    private static Finding finding(FeatureFirstUsed use, Account account) {
        return Finding.of(
                        AlertKind.FEATURE_FIRST_USED,
                        account.displayName() + " used " + use.feature() + " for the first time")
                .because("The first " + use.source() + " with " + use.feature() + " arrived.")
                .with("feature", use.feature())
                .with("source", use.source())
                .about("", 0, use.feature());
    }
}
