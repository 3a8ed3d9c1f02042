package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.NearestMiss;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every change of stage. Some stages, Renewing above all, are the account executive's business too. */
record StageChangedRule(Set<Stage> executiveStages) implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.data() instanceof StageChanged change
                ? Optional.of(finding(change, account).tellingExecutive(isForExecutive(change.to())))
                : Optional.empty();
    }

    private boolean isForExecutive(@Nullable Stage entered) {
        return entered != null && executiveStages.contains(entered);
    }

    private static Finding finding(StageChanged change, Account account) {
        return about(change, Finding.of(AlertKind.STAGE_CHANGED, title(change, account)))
                .about(change.to() == null ? "none" : change.to().wireName(), 0);
    }

    /** What is known of a change, for every alert about one. */
    static Finding about(StageChanged change, Finding finding) {
        NearestMiss miss = change.reason().nearestMiss();
        return finding.because(Words.reason(change.reason()))
                .with("from", wireName(change.from()))
                .with("to", wireName(change.to()))
                .with("clause", change.reason().clause())
                .with("inputs", Words.inputs(change.reason()))
                .with("nearestMiss", miss == null ? null : miss.needs())
                .with("policyVersion", change.reason().policyVersion());
    }

    private static @Nullable String wireName(@Nullable Stage stage) {
        return stage == null ? null : stage.wireName();
    }

    private static String title(StageChanged change, Account account) {
        Stage entered = change.to();
        if (entered == null) {
            return account.displayName() + " is in no stage any more";
        }
        return entered == Stage.CHURNED
                ? account.displayName() + " churned"
                : account.displayName() + " entered " + entered.wireName();
    }
}
