package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.HealthLevel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the score of an account went.
 *
 * @param last30Days how many points the score is above that of 30 days ago, below when negative; null when either is unknown
 * @param last90Days the same for 90 days
 * @param days the score at the end of each of the last 90 days, today's so far included, the oldest first; days before the first
 *     assessment are left out
 */
public record HealthTrend(
        @Nullable Double last30Days, @Nullable Double last90Days, List<Day> days) {
    private static final int SHORT = 30;
    private static final int LONG = 90;

    /** Before the first tick, when nothing has been assessed. */
    public static final HealthTrend NONE = new HealthTrend(null, null, List.of());

    public HealthTrend {
        days = List.copyOf(days);
    }

    /** The score at the end of a day; null when nothing was known. */
    public record Day(
            LocalDate day, HealthLevel level, @Nullable Double score) {}

    /** The trend on a day, given the days on which the score changed. */
    public static HealthTrend of(List<Day> changes, LocalDate today) {
        NavigableMap<LocalDate, Day> byDay = new TreeMap<>();
        changes.forEach(change -> byDay.put(change.day(), change));
        List<Day> days = new ArrayList<>();
        for (LocalDate day = today.minusDays(LONG - 1); !day.isAfter(today); day = day.plusDays(1)) {
            Day last = at(byDay, day);
            if (last != null) {
                days.add(new Day(day, last.level(), last.score()));
            }
        }
        return new HealthTrend(since(byDay, today, SHORT), since(byDay, today, LONG), days);
    }

    private static @Nullable Double since(NavigableMap<LocalDate, Day> byDay, LocalDate today, int ago) {
        Day now = at(byDay, today);
        Day then = at(byDay, today.minusDays(ago));
        if (now == null || then == null || now.score() == null || then.score() == null) {
            return null;
        }
        return now.score() - then.score();
    }

    private static @Nullable Day at(NavigableMap<LocalDate, Day> byDay, LocalDate day) {
        var entry = byDay.floorEntry(day);
        return entry == null ? null : entry.getValue();
    }
}
