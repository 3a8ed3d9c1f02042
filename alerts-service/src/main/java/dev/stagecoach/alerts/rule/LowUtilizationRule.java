package dev.stagecoach.alerts.rule;

import dev.stagecoach.alerts.account.Account;
import dev.stagecoach.alerts.account.Measured;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.alerts.policy.LowUtilization;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.UsageSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer's utilization is below a threshold on a day of its contract term or later: once per term. A summary of usage of
 * that day or later decides; where none comes, because nothing changed, time does, an hour into that day, with what is known of
 * the month before. While that is not known yet, it waits, to the end of the day.
 */
record LowUtilizationRule(LowUtilization low) implements AlertRule {
    private static final int TENTH = 10;
    /** By then what a day begins with has been counted. */
    private static final LocalTime SETTLED = LocalTime.of(1, 0);

    @Override
    public Optional<Finding> find(Event<?> event, Account account) {
        Measured measured = measured(event, account);
        return measured == null || !isLow(event, measured, account)
                ? Optional.empty()
                : Optional.of(finding(event, measured, account));
    }

    @Override
    public Account remember(Event<?> event, Account account) {
        Measured measured = measured(event, account);
        Account told = measured != null && isLow(event, measured, account)
                ? account.with(account.term().lowTold())
                : account;
        return event.data() instanceof TimeTick && isTimeToLook(event, told) && isSettled(event, told)
                ? told.with(told.term().lookedAt())
                : told;
    }

    /** When time alone decides, unless usage has decided by then. */
    @Override
    public @Nullable Instant due(Account account) {
        LocalDate start = account.term().startedOn();
        return start == null || account.term().isLookedAt() || !account.isCustomer()
                ? null
                : start.plusDays(low.fromDay()).atTime(SETTLED).toInstant(ZoneOffset.UTC);
    }

    private boolean isTimeToLook(Event<?> event, Account account) {
        Instant due = due(account);
        return due != null && !event.time().isBefore(due);
    }

    /** Whether there is nothing to wait for: the month before is known, or the day is over. */
    private boolean isSettled(Event<?> event, Account account) {
        Measured measured = account.measured();
        Long day = account.term().dayOn(dateOf(event));
        return (measured != null && measured.isOfTheMonthBefore(dateOf(event))) || (day != null && day > low.fromDay());
    }

    private @Nullable Measured measured(Event<?> event, Account account) {
        if (event.data() instanceof UsageSummary summary && !account.isStale(summary)) {
            return Measured.of(summary);
        }
        return event.data() instanceof TimeTick && isTimeToLook(event, account) && isSettled(event, account)
                ? account.measured()
                : null;
    }

    private boolean isLow(Event<?> event, Measured measured, Account account) {
        Long day = account.term().dayOn(dateOf(event));
        return account.isCustomer()
                && !account.term().isLowTold()
                && day != null
                && day >= low.fromDay()
                && measured.utilization() != null
                && percent(measured.utilization()).compareTo(BigDecimal.valueOf(low.below())) < 0;
    }

    private static LocalDate dateOf(Event<?> event) {
        return event.time().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static BigDecimal percent(double fraction) {
        return BigDecimal.valueOf(fraction).movePointRight(2);
    }

    private Finding finding(Event<?> event, Measured measured, Account account) {
        double utilization = Objects.requireNonNull(measured.utilization());
        long day = Objects.requireNonNull(account.term().dayOn(dateOf(event)));
        String what = account.countsAddressableUsers() ? "addressable users" : "seats";
        String of = measured.seats() == null ? "its " + what : measured.seats() + " " + what;
        String title = account.displayName() + " uses " + Words.percent(utilization) + " of " + of + " on day " + day
                + " of its term";
        return Finding.of(AlertKind.LOW_UTILIZATION, title)
                .because(why(measured))
                .with("utilization", measured.utilization())
                .with("threshold", low.below())
                .with("mau", measured.mau())
                .with("seats", measured.seats())
                .with("day", day)
                .with("termStartedOn", String.valueOf(account.term().startedOn()))
                // Tens of percent below the threshold that are missing: a lower ten is worse.
                .about("", TENTH - percent(utilization).intValue() / TENTH)
                .oncePer(String.valueOf(account.term().startedOn()));
    }

    private String why(Measured measured) {
        String below =
                "That is below " + low.below() + " %, on day " + low.fromDay() + " of the contract term or later.";
        if (measured.mau() == null || measured.seats() == null) {
            return below;
        }
        long missing = BigDecimal.valueOf(measured.seats())
                        .multiply(BigDecimal.valueOf(low.below()))
                        .movePointLeft(2)
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact()
                - measured.mau();
        return missing > 0
                ? below + " " + low.below() + " % needs " + Words.counted(missing, "more active user") + "."
                : below;
    }
}
