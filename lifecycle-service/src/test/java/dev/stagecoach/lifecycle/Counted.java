package dev.stagecoach.lifecycle;

import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.EventCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.MonthCount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;

/** What was counted for an account, by instances, by events or by both. */
public final class Counted {
    private final Map<String, InstanceCounts> instances = new HashMap<>();
    private LocalDate firstEventOn;
    private final Map<LocalDate, Integer> eventDays = new HashMap<>();
    private final Map<YearMonth, Integer> eventMonths = new HashMap<>();
    private int rollingUsers;

    public static Counted counted() {
        return new Counted();
    }

    public Counted by(Pinging instance) {
        instances.put(instance.id, instance.counts());
        return this;
    }

    public Counted eventsFrom(LocalDate first) {
        firstEventOn = first;
        return this;
    }

    public Counted eventUsers(LocalDate from, LocalDate until, int users) {
        from.datesUntil(until.plusDays(1)).forEach(day -> eventDays.put(day, users));
        return this;
    }

    public Counted eventUsers(YearMonth month, int users) {
        eventMonths.put(month, users);
        return this;
    }

    public Counted eventUsersOfTheLast30Days(int users) {
        rollingUsers = users;
        return this;
    }

    public UsageCounts counts() {
        EventCounts events = firstEventOn == null
                ? EventCounts.NONE
                : new EventCounts(firstEventOn, eventDays, eventMonths, rollingUsers);
        return new UsageCounts(instances, events);
    }

    /** An instance that counts its own users. */
    public static final class Pinging {
        private final String id;
        private final Map<LocalDate, Integer> days = new HashMap<>();
        private final Map<YearMonth, MonthCount> months = new HashMap<>();
        private boolean production = true;
        private Instant firstPingAt = Instant.EPOCH;
        private Instant lastPingAt = Instant.EPOCH;
        private Integer rolling;

        private Pinging(String id) {
            this.id = id;
        }

        public static Pinging instance(String id) {
            return new Pinging(id);
        }

        public Pinging notProduction() {
            production = false;
            return this;
        }

        public Pinging firstPing(Instant at) {
            firstPingAt = at;
            return this;
        }

        public Pinging lastPing(Instant at) {
            lastPingAt = at;
            return this;
        }

        public Pinging day(LocalDate day, int users) {
            days.put(day, users);
            return this;
        }

        public Pinging daily(LocalDate from, LocalDate until, int users) {
            from.datesUntil(until.plusDays(1)).forEach(day -> days.put(day, users));
            return this;
        }

        /** The last ping of the month came at the end of it. */
        public Pinging month(String month, Integer users) {
            return month(month, users, YearMonth.parse(month).atEndOfMonth() + "T23:30:00Z");
        }

        public Pinging month(String month, Integer users, String lastPing) {
            months.put(YearMonth.parse(month), new MonthCount(users, Instant.parse(lastPing), Map.of()));
            return this;
        }

        public Pinging rolling(Integer users) {
            rolling = users;
            return this;
        }

        private InstanceCounts counts() {
            return new InstanceCounts(production, "5.1.0", firstPingAt, lastPingAt, days, months, rolling);
        }
    }
}
