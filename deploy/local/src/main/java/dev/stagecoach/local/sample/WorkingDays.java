package dev.stagecoach.local.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.Set;

/** The calendar of the sample's people. */
final class WorkingDays {

    private static final Set<MonthDay> HOLIDAYS = Set.of(
            MonthDay.of(Month.JANUARY, 1),
            MonthDay.of(Month.JULY, 4),
            MonthDay.of(Month.DECEMBER, 25),
            MonthDay.of(Month.DECEMBER, 26));

    private WorkingDays() {}

    static boolean contains(LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SATURDAY
                && date.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(MonthDay.from(date));
    }

    /** The working days of a span, both ends included. */
    static int count(LocalDate first, LocalDate last) {
        return (int)
                first.datesUntil(last.plusDays(1)).filter(WorkingDays::contains).count();
    }
}
