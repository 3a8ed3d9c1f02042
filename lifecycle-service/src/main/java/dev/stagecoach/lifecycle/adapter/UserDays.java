package dev.stagecoach.lifecycle.adapter;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The days on which one user was active, as a last day and a mask of the 64 days that end with it.
 *
 * @param lastDay days since 1970-01-01
 * @param days bit i: active on {@code lastDay - i}
 */
record UserDays(long lastDay, long days) {
    private static final int WINDOW = Long.SIZE;

    static UserDays first(long day) {
        return new UserDays(day, 1);
    }

    boolean contains(long day) {
        long back = lastDay - day;
        return back >= 0 && back < WINDOW && ((days >>> back) & 1) == 1;
    }

    /** Whether the day is too long before the last one to be told from others. */
    boolean isBeyond(long day) {
        return lastDay - day >= WINDOW;
    }

    UserDays with(long day) {
        if (day > lastDay) {
            long shift = day - lastDay;
            return new UserDays(day, shift >= WINDOW ? 1 : (days << shift) | 1);
        }
        return new UserDays(lastDay, days | (1L << (lastDay - day)));
    }

    /** Whether there is any day of the month among those remembered. */
    boolean anyIn(YearMonth month) {
        long first = month.atDay(1).toEpochDay();
        long last = month.atEndOfMonth().toEpochDay();
        for (long day = Math.max(first, lastDay - WINDOW + 1); day <= Math.min(last, lastDay); day++) {
            if (contains(day)) {
                return true;
            }
        }
        return false;
    }

    LocalDate lastDate() {
        return LocalDate.ofEpochDay(lastDay);
    }
}
