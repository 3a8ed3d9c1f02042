package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.usage.Crossing;
import dev.stagecoach.alerts.usage.TargetMarks;
import dev.stagecoach.alerts.usage.UsageTarget;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.UsageSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A customer's usage, daily by monthly users, crosses its target either way. Who comes back after churn holds none. */
record UsageTargetRule(UsageTarget target) implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        return event.data() instanceof UsageSummary summary && account.isCustomer() && !account.isStale(summary)
                ? target.move(account.target(), summary.usage())
                        .crossing()
                        .map(crossing -> finding(crossing, summary, account))
                : Optional.empty();
    }

    @Override
    public Account remember(Event<?> event, Account account) {
        if (event.data() instanceof StageChanged change && change.to() == Stage.CHURNED && !account.isStale(change)) {
            return account.with(TargetMarks.NONE);
        }
        return event.data() instanceof UsageSummary summary && account.isCustomer() && !account.isStale(summary)
                ? account.with(target.move(account.target(), summary.usage()).marks())
                : account;
    }

    private Finding finding(Crossing crossing, UsageSummary summary, Account account) {
        String level = Words.percent(summary.usage() == null ? 0 : summary.usage());
        String title = crossing == Crossing.REACHED
                ? account.displayName() + " reached the usage target: " + level
                        + " of its monthly users are there on a day"
                : account.displayName() + " fell below the usage target of " + target.percent() + " %: " + level
                        + " of its monthly users are there on a day";
        return Finding.of(AlertKind.USAGE_TARGET, title)
                .because(why(crossing, summary))
                .with("direction", crossing.wireName())
                .with("threshold", target.percent())
                .with("usage", summary.usage())
                .with("dauMean28", summary.dauMean28())
                .with("mau", summary.mau())
                .with("month", summary.month() == null ? null : summary.month().toString())
                .with("definition", summary.definition())
                .about(crossing.wireName(), 0);
    }

    private @Nullable String why(Crossing crossing, UsageSummary summary) {
        Integer mau = summary.mau();
        Double daily = summary.dauMean28();
        if (mau == null || daily == null) {
            return null;
        }
        String users = "A mean day of the last 28 had " + Words.oneDecimal(daily) + " of "
                + Words.counted(mau, "monthly user") + "; the target is " + target.percent() + " %.";
        long missing = BigDecimal.valueOf(mau)
                .multiply(BigDecimal.valueOf(target.percent()))
                .movePointLeft(2)
                .subtract(BigDecimal.valueOf(daily))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        return crossing == Crossing.LOST && missing > 0
                ? users + " It needs " + Words.counted(missing, "more daily user") + "."
                : users;
    }
}
