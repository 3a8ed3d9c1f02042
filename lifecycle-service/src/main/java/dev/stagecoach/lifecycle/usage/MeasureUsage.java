package dev.stagecoach.lifecycle.usage;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.UsageRecap.DayUsers;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.policy.UsageSource;
import dev.stagecoach.lifecycle.usage.UsageCounts.EventCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.MonthCount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns counts into figures. All windows are UTC. An instance's counts are facts about its own users, so those of several
 * production instances are added up; events name their users, so theirs are distinct over the account.
 */
public final class MeasureUsage {
    /** How many days, today included, the rolling month looks back. */
    public static final int ROLLING_DAYS = 30;

    private MeasureUsage() {}

    public static UsageFigures of(UsagePolicy policy, AccountFacts facts, UsageCounts counts, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<InstanceCounts> production =
                List.copyOf(productionInstances(facts, counts).values());
        Source source = source(policy, production, counts.events(), now);
        YearMonth running = YearMonth.from(today);
        YearMonth closed = running.minusMonths(1);
        Integer rolling = rollingMau(policy, source, production, counts.events(), now);
        boolean byClosedMonth = policy.month() == MonthDefinition.LAST_CLOSED_MONTH;
        Count mau = byClosedMonth ? mauOf(closed, policy, source, production, counts.events()) : rollingCount(rolling);
        Instant windowFrom = now.minus(Duration.ofDays(ROLLING_DAYS));
        Predicate<InstanceCounts> divides = byClosedMonth ? pingedIn(closed) : pingedSince(windowFrom);
        Daily daily = daily(today.minusDays(policy.dauDays()), today, source, production, divides, counts.events());
        return new UsageFigures(
                policy.month(),
                byClosedMonth ? closed : null,
                source,
                mau,
                seats(facts),
                daily.sum(),
                daily.days(),
                daily.days() >= policy.dauDaysKnown() ? "" : daily.whyUnknown(policy),
                rolling,
                monthToDate(running, policy, source, production, counts.events(), now));
    }

    /** Monthly users of any month by the same rules, whatever month decides. */
    static Count mauOf(YearMonth month, UsagePolicy policy, AccountFacts facts, UsageCounts counts, Instant now) {
        List<InstanceCounts> production =
                List.copyOf(productionInstances(facts, counts).values());
        return mauOf(month, policy, source(policy, production, counts.events(), now), production, counts.events());
    }

    /** Mean of the daily users of a month; null when fewer of its days are known than any mean needs. */
    static @Nullable Double dauMeanOf(
            YearMonth month, UsagePolicy policy, AccountFacts facts, UsageCounts counts, Instant now) {
        List<InstanceCounts> production =
                List.copyOf(productionInstances(facts, counts).values());
        Source source = source(policy, production, counts.events(), now);
        Daily daily = daily(
                month.atDay(1), month.plusMonths(1).atDay(1), source, production, pingedIn(month), counts.events());
        return daily.days() >= policy.dauDaysKnown() ? (Double) ((double) daily.sum() / daily.days()) : null;
    }

    /** The users of each day of a month of which they are known, in order. */
    static List<DayUsers> daysOf(
            YearMonth month, UsagePolicy policy, AccountFacts facts, UsageCounts counts, Instant now) {
        List<InstanceCounts> production =
                List.copyOf(productionInstances(facts, counts).values());
        Source source = source(policy, production, counts.events(), now);
        List<DayUsers> days = new ArrayList<>();
        for (int number = 1; number <= month.lengthOfMonth(); number++) {
            LocalDate day = month.atDay(number);
            Integer users = usersOf(day, source, production, pingedIn(month), counts.events());
            if (users != null) {
                days.add(new DayUsers(day, users));
            }
        }
        return days;
    }

    /**
     * How often features were used in a month as instances count it: their highest counters, added up.
     *
     * @return empty when pings do not decide, or carry no counters
     */
    static Map<String, Long> featuresOf(
            YearMonth month, UsagePolicy policy, AccountFacts facts, UsageCounts counts, Instant now) {
        List<InstanceCounts> production =
                List.copyOf(productionInstances(facts, counts).values());
        Map<String, Long> uses = new TreeMap<>();
        if (source(policy, production, counts.events(), now) == Source.PING) {
            production.stream()
                    .map(instance -> instance.months().get(month))
                    .filter(Objects::nonNull)
                    .forEach(count -> count.features()
                            .forEach((feature, highest) -> uses.merge(feature, highest, MeasureUsage::saturated)));
        }
        return uses;
    }

    /** Only broken counters say more than can be added up. */
    private static long saturated(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The facts say which instances are production instances; one that they do not list is what its pings say. */
    public static SortedMap<String, InstanceCounts> productionInstances(AccountFacts facts, UsageCounts counts) {
        Map<String, Boolean> listed =
                facts.instances().stream().collect(Collectors.toMap(Instance::id, Instance::production, (a, b) -> b));
        SortedMap<String, InstanceCounts> production = new TreeMap<>();
        counts.instances().forEach((id, instance) -> {
            if (listed.getOrDefault(id, instance.production())) {
                production.put(id, instance);
            }
        });
        return production;
    }

    /** Where there are both, the policy says which decide: pings only while they come, events once there are any. */
    private static @Nullable Source source(
            UsagePolicy policy, List<InstanceCounts> production, EventCounts events, Instant now) {
        if (policy.source() == UsageSource.EVENTS && events.firstDay() != null) {
            return Source.EVENT;
        }
        Instant recent = now.minus(Duration.ofDays(policy.pingsDecideForDays()));
        if (production.stream().anyMatch(instance -> !instance.lastPingAt().isBefore(recent))) {
            return Source.PING;
        }
        if (events.firstDay() != null) {
            return Source.EVENT;
        }
        return production.isEmpty() ? null : Source.PING;
    }

    private static Count mauOf(
            YearMonth month,
            UsagePolicy policy,
            @Nullable Source source,
            List<InstanceCounts> production,
            EventCounts events) {
        if (source == null) {
            return Count.unknown("neither a ping nor an event has come yet");
        }
        if (source == Source.EVENT) {
            boolean begun = events.firstDay() != null
                    && !YearMonth.from(events.firstDay()).isAfter(month);
            return begun
                    ? Count.known(events.months().getOrDefault(month, 0))
                    : Count.unknown("no closed month with events yet");
        }
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return usersByPings(month, end.minus(Duration.ofDays(policy.silenceDays())), production);
    }

    /** @param completeFrom an instance whose last ping of the month came before did not count all of it */
    private static Count usersByPings(YearMonth month, Instant completeFrom, List<InstanceCounts> production) {
        List<Integer> users = new ArrayList<>();
        for (InstanceCounts instance : production) {
            MonthCount count = instance.months().get(month);
            if (count == null) {
                continue;
            }
            if (count.lastPingAt().isBefore(completeFrom)) {
                return Count.unknown("an instance went silent before " + month + " ended");
            }
            if (count.users() == null) {
                return Count.unknown("a ping of " + month + " carries no monthly count");
            }
            users.add(count.users());
        }
        if (users.isEmpty()) {
            return Count.unknown("no ping in " + month);
        }
        Integer sum = sumOrNull(users);
        return sum == null
                ? Count.unknown("the counts of " + month + " are too high to be added up")
                : Count.known(sum);
    }

    private static Count rollingCount(@Nullable Integer rolling) {
        return rolling == null ? Count.unknown("no count of the last 30 days") : Count.known(rolling);
    }

    private static @Nullable Integer rollingMau(
            UsagePolicy policy,
            @Nullable Source source,
            List<InstanceCounts> production,
            EventCounts events,
            Instant now) {
        if (source == Source.EVENT) {
            return events.rollingMonth();
        }
        Instant windowFrom = now.minus(Duration.ofDays(ROLLING_DAYS));
        Instant silentBefore = now.minus(Duration.ofDays(policy.silenceDays()));
        List<InstanceCounts> counting =
                production.stream().filter(pingedSince(windowFrom)).toList();
        // Like a month in which an instance went silent: what the others counted is not the whole.
        boolean isPartial = counting.stream()
                .anyMatch(instance ->
                        instance.rollingMonth() == null || instance.lastPingAt().isBefore(silentBefore));
        return isPartial
                ? null
                : sumOrNull(counting.stream().map(InstanceCounts::rollingMonth).toList());
    }

    private static @Nullable Integer monthToDate(
            YearMonth running,
            UsagePolicy policy,
            @Nullable Source source,
            List<InstanceCounts> production,
            EventCounts events,
            Instant now) {
        if (source == Source.EVENT) {
            return events.months().getOrDefault(running, 0);
        }
        Instant silentBefore = now.minus(Duration.ofDays(policy.silenceDays()));
        return usersByPings(running, silentBefore, production).value();
    }

    /** Null when nothing is known, or when there would be more users than people: a counter is broken, and no total makes up for it. */
    private static @Nullable Integer sumOrNull(List<@Nullable Integer> counts) {
        List<Integer> known = counts.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        long sum = known.stream().mapToLong(Integer::longValue).sum();
        return known.isEmpty() || sum > Integer.MAX_VALUE ? null : (Integer) (int) sum;
    }

    private static Count seats(AccountFacts facts) {
        if (facts.unlimitedSeats()) {
            return facts.addressableUsers() == null
                    ? Count.unknown("unlimited seats, and the number of addressable users is not given")
                    : Count.known(facts.addressableUsers());
        }
        return facts.seats() == null ? Count.unknown("the number of seats is not given") : Count.known(facts.seats());
    }

    private static Daily daily(
            LocalDate from,
            LocalDate until,
            @Nullable Source source,
            List<InstanceCounts> production,
            Predicate<InstanceCounts> divides,
            EventCounts events) {
        long sum = 0;
        int days = 0;
        for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
            Integer users = usersOf(day, source, production, divides, events);
            if (users != null) {
                sum += users;
                days++;
            }
        }
        return new Daily(sum, days);
    }

    private static @Nullable Integer usersOf(
            LocalDate day,
            @Nullable Source source,
            List<InstanceCounts> production,
            Predicate<InstanceCounts> divides,
            EventCounts events) {
        return source == Source.EVENT ? usersByEvents(events, day) : usersByPings(production, divides, day);
    }

    private static @Nullable Integer usersByEvents(EventCounts events, LocalDate day) {
        boolean begun = events.firstDay() != null && !events.firstDay().isAfter(day);
        return begun ? events.days().getOrDefault(day, 0) : null;
    }

    /**
     * Null when an instance did not say how many it counted although its users are in what the mean is divided by: what the others
     * counted is not the whole. Before its first ping it had none.
     *
     * @param divides whether the users of an instance are among those of the month
     */
    private static @Nullable Integer usersByPings(
            List<InstanceCounts> production, Predicate<InstanceCounts> divides, LocalDate day) {
        List<Integer> users = new ArrayList<>();
        for (InstanceCounts instance : production) {
            Integer counted = instance.days().get(day);
            if (counted != null) {
                users.add(counted);
            } else if (divides.test(instance) && !day.isBefore(day(instance.firstPingAt()))) {
                return null;
            }
        }
        return sumOrNull(users);
    }

    private static Predicate<InstanceCounts> pingedIn(YearMonth month) {
        return instance -> instance.months().containsKey(month);
    }

    private static Predicate<InstanceCounts> pingedSince(Instant from) {
        return instance -> !instance.lastPingAt().isBefore(from);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private record Daily(long sum, int days) {
        String whyUnknown(UsagePolicy policy) {
            return "daily users are known for " + days + " of the last " + policy.dauDays() + " days ("
                    + policy.dauDaysKnown() + " are needed)";
        }
    }
}
