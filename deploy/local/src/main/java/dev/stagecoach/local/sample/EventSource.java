package dev.stagecoach.local.sample;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An instance that sends an event for what each user does.
 *
 * @param perUser how many events a user makes on a day
 * @param featureIsName whether the event's name is the feature, instead of a property
 * @param features the day on which a feature is used first
 */
record EventSource(
        String instance,
        List<Days> active,
        int perUser,
        boolean featureIsName,
        Map<String, LocalDate> features,
        Map<YearMonth, MonthOfUse> months) {

    EventSource {
        features = oldestFirst(features);
    }

    private static Map<String, LocalDate> oldestFirst(Map<String, LocalDate> features) {
        var sorted = new LinkedHashMap<String, LocalDate>();
        features.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(feature -> sorted.put(feature.getKey(), feature.getValue()));
        return Collections.unmodifiableMap(sorted);
    }

    EventSource of(String otherInstance) {
        return new EventSource(otherInstance, active, perUser, featureIsName, features, months);
    }

    boolean isActive(LocalDate date) {
        return active.stream().anyMatch(span -> span.contains(date));
    }

    /**
     * The numbers of a day's users. They take turns, so that a month sees all of its users and none besides.
     *
     * @return distinct numbers below the month's count of users
     */
    List<Integer> usersOf(LocalDate date) {
        var month = month(date);
        int turn = date.withDayOfMonth(1)
                .datesUntil(date)
                .filter(this::isActive)
                .mapToInt(this::countOf)
                .sum();
        return IntStream.range(turn, turn + countOf(date))
                .mapToObj(number -> number % month.users())
                .toList();
    }

    private int countOf(LocalDate date) {
        return WorkingDays.contains(date)
                ? month(date).onWorkingDay()
                : month(date).onFreeDay();
    }

    /** What a user's event of a day is about: the oldest feature first; a new one at once on its first day. */
    String featureOf(LocalDate date, int user, int event) {
        var known = new ArrayList<String>();
        features.forEach((feature, since) -> {
            if (!date.isBefore(since)) {
                known.add(feature);
            }
        });
        if (event == 0) {
            return known.get(0);
        }
        return event == 1 ? known.get(known.size() - 1) : known.get((user + event) % known.size());
    }

    /** Whether an event may arrive late without changing anything: not the first of its user's day, not of a new feature. */
    boolean mayBeLate(LocalDate date, int user, int event) {
        return event > 1 && featureOf(date, user, event).equals(featureOf(date, user, 0));
    }

    private MonthOfUse month(LocalDate date) {
        var month = months.get(YearMonth.from(date));
        if (month == null) {
            throw new IllegalStateException(instance + ": no numbers for " + YearMonth.from(date));
        }
        return month;
    }
}
