package dev.stagecoach.ingest.adapter.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days on which a period that an instance counted may have begun: none that a broken clock, or a slip of the pen, made up. */
record PeriodStarts(LocalDate first, LocalDate last) {
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    /** Until the day after the receipt: clocks differ, and so do the days of time zones. */
    static PeriodStarts until(Instant receivedAt) {
        return new PeriodStarts(
                EARLIEST, LocalDate.ofInstant(receivedAt, ZoneOffset.UTC).plusDays(1));
    }

    boolean contain(LocalDate start) {
        return !start.isBefore(first) && !start.isAfter(last);
    }

    @Override
    public String toString() {
        return "a day from " + first + " to " + last;
    }
}
