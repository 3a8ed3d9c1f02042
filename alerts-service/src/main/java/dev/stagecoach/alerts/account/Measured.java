package dev.stagecoach.alerts.account;

import dev.stagecoach.events.UsageSummary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an account as of a moment. Fractions: 1 is 100 %. Unknown is null.
 *
 * @param month the closed month that {@code mau} counts; null where it counts none
 */
public record Measured(
        Instant asOf,
        @Nullable YearMonth month,
        @Nullable Integer mau,
        @Nullable Integer seats,
        @Nullable Double utilization,
        @Nullable Double usage) {
    public static Measured of(UsageSummary summary) {
        return new Measured(
                summary.asOf(),
                summary.month(),
                summary.mau(),
                summary.seats(),
                summary.utilization(),
                summary.usage());
    }

    /** Whether it counts the month that was the last closed one on a date; numbers of another definition always do. */
    public boolean isOfTheMonthBefore(LocalDate date) {
        return month == null || month.equals(YearMonth.from(date).minusMonths(1));
    }
}
