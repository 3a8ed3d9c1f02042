package dev.stagecoach.lifecycle.usage;

import dev.stagecoach.lifecycle.usage.UsageCounts.EventCounts;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who of an account was active when, by events: exact distinct users of any day, month or span of days, however often and in
 * whatever order the events come. Users have numbers, from 0 without gaps, and a day is the set of numbers of its users; so a
 * repeated event is found out by looking at one bit.
 *
 * <p>Not all days need to be here: those before {@link #coveredFrom} may be left where they are kept until an event, or a
 * question, is about one of them.
 */
public final class EventTally {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> newUsers = new ArrayList<>();
    private final NavigableMap<Long, Day> days = new TreeMap<>();
    private final List<Day> changedDays = new ArrayList<>();
    private final Map<YearMonth, BitSet> months = new HashMap<>();
    private boolean usersAreKnown;
    private YearMonth coveredFrom;
    private long firstCoveredDay;
    private @Nullable LocalDate firstDay;
    private @Nullable Day latest;

    private EventTally(boolean usersAreKnown, YearMonth coveredFrom, @Nullable LocalDate firstDay) {
        this.usersAreKnown = usersAreKnown;
        this.coveredFrom = coveredFrom;
        this.firstCoveredDay = coveredFrom.atDay(1).toEpochDay();
        this.firstDay = firstDay;
    }

    /** Of an account without events so far. */
    public static EventTally empty() {
        return new EventTally(true, YearMonth.of(LocalDate.MIN.getYear(), 1), null);
    }

    /**
     * Of an account with events that are kept elsewhere.
     *
     * @param coveredFrom the first month whose days will be {@linkplain #recall(Day) recalled}
     * @param firstDay the day of its first event
     */
    public static EventTally kept(YearMonth coveredFrom, LocalDate firstDay) {
        return new EventTally(false, coveredFrom, firstDay);
    }

    /** What an event told that no other had. */
    public enum News {
        NOTHING(false, false),
        USER_OF_THE_DAY(true, false),
        FEATURE_OF_THE_DAY(false, true),
        USER_AND_FEATURE_OF_THE_DAY(true, true);

        private final boolean user;
        private final boolean feature;

        News(boolean user, boolean feature) {
            this.user = user;
            this.feature = feature;
        }

        /** Whether the user was not known to be active on that day. */
        public boolean isAboutAUser() {
            return user;
        }

        /** Whether nobody was known to have used the feature on that day. */
        public boolean isAboutAFeature() {
            return feature;
        }
    }

    /** One UTC day: the numbers of its users, its events, and how many there were with which feature. */
    public static final class Day {
        private final long epochDay;
        private final BitSet users = new BitSet();
        private final BitSet changed = new BitSet();
        private final Map<String, long[]> features = new HashMap<>();
        private int count;
        private long events;
        private boolean isChanged;

        public Day(LocalDate date) {
            this.epochDay = date.toEpochDay();
        }

        /** The day as it is kept. */
        public Day(LocalDate date, int count, long events, Map<String, Long> features) {
            this(date);
            this.count = count;
            this.events = events;
            features.forEach((feature, uses) -> this.features.put(feature, new long[] {uses}));
        }

        public LocalDate date() {
            return LocalDate.ofEpochDay(epochDay);
        }

        /** Numbers of users that are kept, {@code from} being that of the first bit. */
        public void recall(int from, BitSet some) {
            for (int bit = some.nextSetBit(0); bit >= 0; bit = some.nextSetBit(bit + 1)) {
                users.set(from + bit);
            }
        }

        /** The set of user numbers; not to be changed. */
        public BitSet users() {
            return users;
        }

        /** How many users there were. */
        public int count() {
            return count;
        }

        public long events() {
            return events;
        }

        /** Events by feature. */
        public Map<String, Long> features() {
            Map<String, Long> uses = new TreeMap<>();
            features.forEach((feature, use) -> uses.put(feature, use[0]));
            return uses;
        }

        /** Numbers of users that are new since {@link EventTally#settled}. */
        public BitSet newUsers() {
            return changed;
        }

        private boolean count(String feature) {
            events++;
            long[] uses = features.get(feature);
            if (uses == null) {
                features.put(feature, new long[] {1});
                return true;
            }
            uses[0]++;
            return false;
        }

        private boolean count(int user) {
            if (users.get(user)) {
                return false;
            }
            users.set(user);
            changed.set(user);
            count++;
            return true;
        }

        private void settled() {
            changed.clear();
            isChanged = false;
        }
    }

    /** Whether the days of the month are here. */
    public boolean covers(YearMonth month) {
        return !month.isBefore(coveredFrom);
    }

    /** Whether the day is here. */
    public boolean covers(long epochDay) {
        return epochDay >= firstCoveredDay;
    }

    /** Whether the names of the users are here, and not only their numbers. */
    public boolean usersAreKnown() {
        return usersAreKnown;
    }

    public YearMonth coveredFrom() {
        return coveredFrom;
    }

    /** Takes back a user of an earlier time. */
    public void recall(String user, int number) {
        numbers.put(user, number);
    }

    /** All users of earlier times have been recalled. */
    public void usersAreRecalled() {
        usersAreKnown = true;
    }

    /** Takes back a day of an earlier time. */
    public void recall(Day day) {
        days.put(day.epochDay, day);
    }

    /** All days from this month on have been recalled. */
    public void isCoveredFrom(YearMonth month) {
        coveredFrom = month;
        firstCoveredDay = month.atDay(1).toEpochDay();
    }

    /** Leaves out the days before a month, which are kept elsewhere. */
    public void letGoBefore(YearMonth month) {
        if (covers(month) && firstDay != null) {
            days.headMap(month.atDay(1).toEpochDay(), false).clear();
            months.keySet().removeIf(known -> known.isBefore(month));
            isCoveredFrom(month);
            latest = null;
        }
    }

    /**
     * Counts one event of a day that is {@linkplain #covers(long) here}, as the names of the users must be.
     *
     * @param epochDay days since 1970-01-01, UTC
     * @return what is new about it: nothing, most of the time
     */
    public News count(String user, long epochDay, String feature) {
        Day day = dayOf(epochDay);
        Integer number = numbers.get(user);
        if (number == null) {
            number = numbers.size();
            numbers.put(user, number);
            newUsers.add(user);
        }
        if (!day.isChanged) {
            day.isChanged = true;
            changedDays.add(day);
        }
        boolean isFeatureNew = day.count(feature);
        if (!day.count(number)) {
            return isFeatureNew ? News.FEATURE_OF_THE_DAY : News.NOTHING;
        }
        LocalDate date = day.date();
        BitSet month = months.get(YearMonth.from(date));
        if (month != null) {
            month.set(number);
        }
        if (firstDay == null || date.isBefore(firstDay)) {
            firstDay = date;
        }
        return isFeatureNew ? News.USER_AND_FEATURE_OF_THE_DAY : News.USER_OF_THE_DAY;
    }

    private Day dayOf(long epochDay) {
        Day last = latest;
        if (last != null && last.epochDay == epochDay) {
            return last;
        }
        Day day = days.computeIfAbsent(epochDay, key -> new Day(LocalDate.ofEpochDay(key)));
        latest = day;
        return day;
    }

    /** The day of the first event; null before it. */
    public @Nullable LocalDate firstDay() {
        return firstDay;
    }

    /** Whether the events of the month are known: those of a month without any, after the first, are none. */
    public boolean hasBegunBy(YearMonth month) {
        return firstDay != null && !YearMonth.from(firstDay).isAfter(month);
    }

    /** Distinct users of a month that is {@linkplain #covers covered}. */
    public int usersOf(YearMonth month) {
        requireCovered(month);
        return months.computeIfAbsent(month, this::gather).cardinality();
    }

    private BitSet gather(YearMonth month) {
        return union(month.atDay(1), month.atEndOfMonth());
    }

    private void requireCovered(YearMonth month) {
        if (!covers(month)) {
            throw new IllegalStateException(month + ": not here (expected: " + coveredFrom + " or later)");
        }
    }

    /** Distinct users of the days from the first to the last, both included. */
    public int usersOf(LocalDate first, LocalDate last) {
        requireCovered(YearMonth.from(first));
        return union(first, last).cardinality();
    }

    private BitSet union(LocalDate first, LocalDate last) {
        BitSet users = new BitSet();
        daysOf(first, last).forEach(day -> users.or(day.users));
        return users;
    }

    /** The days with events from the first to the last, both included. */
    public Collection<Day> daysOf(LocalDate first, LocalDate last) {
        return days.subMap(first.toEpochDay(), true, last.toEpochDay(), true).values();
    }

    /** The figures that decisions look at. */
    public EventCounts counts(LocalDate today, int daysBack, int rollingDays) {
        if (firstDay == null) {
            return EventCounts.NONE;
        }
        Map<LocalDate, Integer> users = new HashMap<>();
        daysOf(today.minusDays(daysBack), today).forEach(day -> users.put(day.date(), day.count));
        YearMonth running = YearMonth.from(today);
        Map<YearMonth, Integer> ofMonths = new HashMap<>();
        for (YearMonth month : List.of(running.minusMonths(2), running.minusMonths(1), running)) {
            ofMonths.put(month, usersOf(month));
        }
        return new EventCounts(firstDay, users, ofMonths, usersOf(today.minusDays(rollingDays - 1), today));
    }

    /** Users that are new since {@link #settled}; their numbers follow those of all the others. */
    public List<String> newUsers() {
        return newUsers;
    }

    /** The number of the first of the {@link #newUsers}. */
    public int firstNewNumber() {
        return numbers.size() - newUsers.size();
    }

    /** Days with events that are new since {@link #settled}. */
    public List<Day> changedDays() {
        return changedDays;
    }

    /** What changed has been kept. */
    public void settled() {
        newUsers.clear();
        changedDays.forEach(Day::settled);
        changedDays.clear();
    }

    /** Roughly how much memory this takes, in users. */
    public int weight() {
        return numbers.size() + 4 * days.size();
    }
}
