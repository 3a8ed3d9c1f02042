package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Milestone.InstanceSilent;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** An instance that used to ping has stopped for longer than the policy of lifecycle-service allows; once per silence. */
record SilenceRule() implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.data() instanceof InstanceSilent silence
                ? Optional.of(finding(silence, account))
                : Optional.empty();
    }

    private static Finding finding(InstanceSilent silence, Account account) {
        long days = ChronoUnit.DAYS.between(silence.lastPingAt(), silence.at());
        String title = account.displayName() + "'s instance " + silence.instance() + " is silent: no ping for "
                + Words.counted(days, "day");
        return Finding.of(AlertKind.SILENCE, title)
                .because("The last ping came at " + Words.minute(silence.lastPingAt())
                        + ". Until another one comes, what is used there is not known.")
                .with("instance", silence.instance())
                .with("lastPingAt", silence.lastPingAt().toString())
                .with("days", days)
                .with("policyVersion", silence.policyVersion())
                .about("", 0, silence.instance(), silence.lastPingAt().toString())
                .oncePer(silence.instance(), silence.lastPingAt().toString());
    }
}
