package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.account.Profile;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import java.util.Optional;

/** A lost customer, for those who review why. */
record ChurnRule() implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.data() instanceof StageChanged change && change.to() == Stage.CHURNED
                ? Optional.of(finding(change, account))
                : Optional.empty();
    }

    private static Finding finding(StageChanged change, Account account) {
        Profile profile = account.profile();
        String renewal = profile == null || profile.renewsOn() == null
                ? null
                : profile.renewsOn().toString();
        String left = change.from() == null ? "" : " from " + change.from().wireName();
        Finding finding = Finding.of(AlertKind.CHURN, account.displayName() + " churned" + left);
        return StageChangedRule.about(change, finding).with("renewsOn", renewal);
    }
}
