package dev.stagecoach.lifecycle.account;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The days that people may tell: with any other, something has been mistyped, and nothing could be counted from it. */
public final class ToldDates {
    static final LocalDate FIRST = LocalDate.of(1990, 1, 1);
    static final LocalDate LAST = LocalDate.of(2200, 12, 31);

    private ToldDates() {}

    /** What is wrong with a date, if anything: the field, its value and what was expected. */
    public static Optional<String> mistake(String field, @Nullable LocalDate date) {
        return date == null || (!date.isBefore(FIRST) && !date.isAfter(LAST))
                ? Optional.empty()
                : Optional.of(field + ": " + date + " (expected: " + FIRST + " to " + LAST + ")");
    }
}
