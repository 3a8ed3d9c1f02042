package dev.stagecoach.events;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Distinct users as an instance counted them, for periods that are still running. An absent count is unknown, not zero.
 *
 * @param day users of the UTC day that starts on {@code dayStart}
 * @param week users of the running week
 * @param month users of the UTC calendar month that starts on {@code monthStart}
 * @param rollingMonth users of the last 30 days
 * @param dayStart the day that {@code day} counts; absent: the day of the ping
 * @param monthStart the first day of the month that {@code month} counts; absent: the month of the ping
 */
public record ActiveUsers(
        @Nullable Integer day,
        @Nullable Integer week,
        @Nullable Integer month,
        @Nullable Integer rollingMonth,
        @Nullable LocalDate dayStart,
        @Nullable LocalDate monthStart) {
    public static final ActiveUsers UNKNOWN = new ActiveUsers(null, null, null, null, null, null);

    public ActiveUsers {
        Checks.notNegative("day", day);
        Checks.notNegative("week", week);
        Checks.notNegative("month", month);
        Checks.notNegative("rollingMonth", rollingMonth);
    }

    /** Counts of a day and a month, of the periods in which the ping was sent. */
    public static ActiveUsers of(@Nullable Integer day, @Nullable Integer month) {
        return new ActiveUsers(day, null, month, null, null, null);
    }
}
