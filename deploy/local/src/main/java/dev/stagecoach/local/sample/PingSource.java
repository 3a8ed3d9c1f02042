package dev.stagecoach.local.sample;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An instance that reports about itself once a day.
 *
 * @param updates whether it speaks the older protocol, {@code /updates}
 * @param criticalOnly whether it leaves the users of a day out
 * @param active when it reports
 * @param jitter by how many percent a working day may differ from the intended number
 * @param lateDays one in so many pings arrives a day late; 0 for none
 * @param late pings that arrive on another day: day of the ping to day of arrival
 * @param newOnLastDay users of the month who turn up on its last day and not before
 * @param features since when the counter of a feature is above zero
 */
record PingSource(
        String instance,
        boolean updates,
        boolean criticalOnly,
        List<Days> active,
        int jitter,
        int lateDays,
        Map<LocalDate, LocalDate> late,
        Map<YearMonth, Integer> newOnLastDay,
        Map<String, LocalDate> features,
        Map<YearMonth, MonthOfUse> months) {

    private static final int WORKING_DAYS_TO_SEE_EVERYONE = 8;
    private static final int DAYS_WITHOUT_DELAYS = 30;

    PingSource {
        late = late == null ? Map.of() : Map.copyOf(late);
        newOnLastDay = newOnLastDay == null ? Map.of() : Map.copyOf(newOnLastDay);
        features = new TreeMap<>(features);
    }

    PingSource of(String otherInstance) {
        return new PingSource(
                otherInstance, updates, criticalOnly, active, jitter, lateDays, late, newOnLastDay, features, months);
    }

    private Optional<Days> activeSpan(LocalDate date) {
        return active.stream().filter(span -> span.contains(date)).findFirst();
    }

    boolean isActive(LocalDate date) {
        return activeSpan(date).isPresent();
    }

    /** The day on which the ping of an active day arrives. */
    LocalDate arrivalOf(LocalDate date) {
        var later = late.get(date);
        if (later != null) {
            return later;
        }
        // Not the first pings: mails depend on those. Not the last ones either: the day after belongs to no ping.
        boolean mayBeLate = activeSpan(date)
                .filter(span -> span.contains(date.minusDays(DAYS_WITHOUT_DELAYS)) && span.contains(date.plusDays(1)))
                .isPresent();
        return mayBeLate && Dice.oneIn(lateDays, "late", instance, date) ? date.plusDays(1) : date;
    }

    int usersOfDay(LocalDate date) {
        var month = month(date);
        if (!WorkingDays.contains(date)) {
            return month.onFreeDay();
        }
        int span = month.onWorkingDay() * jitter / 100;
        int moved = month.onWorkingDay() - span + Dice.below(2 * span + 1, "jitter", instance, date);
        return Math.min(moved, month.users());
    }

    /** Everyone seen since the month began or reporting did: all of them after some working days, or at its end. */
    int usersOfMonthUpTo(LocalDate date) {
        var month = month(date);
        var span = activeSpan(date).orElseThrow();
        var monthStart = date.withDayOfMonth(1);
        var monthEnd = date.withDayOfMonth(date.lengthOfMonth());
        var first = span.first().isAfter(monthStart) ? span.first() : monthStart;
        var last = span.last().isBefore(monthEnd) ? span.last() : monthEnd;
        int needed = Math.min(WORKING_DAYS_TO_SEE_EVERYONE, WorkingDays.count(first, last));
        int passed = WorkingDays.count(first, date);
        int seen = date.equals(last) || passed >= needed ? month.users() : month.users() * passed / needed;
        int latecomers = date.equals(monthEnd) ? 0 : newOnLastDay.getOrDefault(YearMonth.from(date), 0);
        return Math.max(usersOfDay(date), Math.min(seen, month.users() - latecomers));
    }

    /** Counters above zero, as an instance sums them up over its life. */
    Map<String, Long> uses(LocalDate date) {
        var uses = new TreeMap<String, Long>();
        features.forEach((feature, since) -> {
            if (!date.isBefore(since)) {
                uses.put(feature, 7 * (date.toEpochDay() - since.toEpochDay() + 1));
            }
        });
        return uses;
    }

    private MonthOfUse month(LocalDate date) {
        var month = months.get(YearMonth.from(date));
        if (month == null) {
            throw new IllegalStateException(instance + ": no numbers for " + YearMonth.from(date));
        }
        return month;
    }
}
