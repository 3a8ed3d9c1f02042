package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.seats.SeatMove;
import dev.stagecoach.alerts.seats.SeatThresholds;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.UsageSummary;
import java.util.List;
import java.util.Optional;

/**
 * Utilization crosses a threshold upwards or, having held it, falls below. A jump over several thresholds is one alert that
 * names the highest. High thresholds mean expansion and tell the account executive too.
 */
record SeatUtilizationRule(SeatThresholds thresholds, int executiveFrom) implements AlertRule {
    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        if (!(event.data() instanceof UsageSummary summary) || account.isStale(summary)) {
            return Optional.empty();
        }
        SeatMove move = thresholds.move(account.marks(), summary.utilization(), summary.seats());
        Optional<Finding> rise = move.highestCrossed().map(threshold -> rise(threshold, move, summary, account));
        return rise.isPresent() ? rise : move.lowestLost().map(threshold -> fall(threshold, move, summary, account));
    }

    @Override
    public Account remember(Event<?> event, Account account) {
        if (!(event.data() instanceof UsageSummary summary) || account.isStale(summary)) {
            return account;
        }
        return account.with(thresholds
                .move(account.marks(), summary.utilization(), summary.seats())
                .marks());
    }

    private Finding rise(int threshold, SeatMove move, UsageSummary summary, Account account) {
        String title = account.displayName() + " is at " + level(summary, account);
        String why = "Utilization crossed " + percents(move.crossed()) + " upwards.";
        return finding(title, why, "rising", threshold, move.crossed(), summary)
                .about("rising", threshold)
                .tellingExecutive(threshold >= executiveFrom);
    }

    private Finding fall(int threshold, SeatMove move, UsageSummary summary, Account account) {
        String title = account.displayName() + " fell below " + threshold + " %: it is at " + level(summary, account);
        String why = "Utilization had been at " + percents(move.lost()) + " or above and is below it now.";
        return finding(title, why, "falling", threshold, move.lost(), summary).about("falling", -threshold);
    }

    private static Finding finding(
            String title, String why, String direction, int threshold, List<Integer> crossed, UsageSummary summary) {
        return Finding.of(AlertKind.SEAT_UTILIZATION, title)
                .because(why)
                .with("direction", direction)
                .with("threshold", threshold)
                .with("crossed", crossed)
                .with("utilization", summary.utilization())
                .with("mau", summary.mau())
                .with("seats", summary.seats())
                .with("month", summary.month() == null ? null : summary.month().toString())
                .with("definition", summary.definition());
    }

    private static String level(UsageSummary summary, Account account) {
        double utilization = summary.utilization() == null ? 0 : summary.utilization();
        String what = account.countsAddressableUsers() ? "addressable users" : "seats";
        String of = summary.seats() == null ? "its " + what : summary.seats() + " " + what;
        String users = summary.mau() == null ? "" : " (" + Words.counted(summary.mau(), "user") + ")";
        return Words.percent(utilization) + " of " + of + users;
    }

    private static String percents(List<Integer> thresholds) {
        return Words.list(thresholds.stream().map(threshold -> threshold + " %").toList());
    }
}
