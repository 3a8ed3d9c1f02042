package dev.stagecoach.lifecycle;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.journey.Decisions;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.usage.Source;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.EventCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.MonthCount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts with maps and sets of all that ever came: nothing is forgotten, nothing is packed. */
public class InMemoryBooks implements Books {
    private final Map<String, AccountFacts> facts = new TreeMap<>();
    private final Map<String, Journey> journeys = new HashMap<>();
    private final Map<String, Instant> nextDue = new TreeMap<>();
    private final Map<String, Map<String, Instance>> instances = new HashMap<>();
    private final Map<String, Users> users = new HashMap<>();
    private final Map<String, Set<String>> features = new HashMap<>();
    private final Map<String, List<FirstUse>> untold = new HashMap<>();
    private final List<Event<?>> decided = new ArrayList<>();
    private final List<Set<String>> looks = new ArrayList<>();
    private Instant now;

    /** All events that were handed on, in order. */
    public List<Event<?>> decided() {
        return decided;
    }

    /** Which accounts were looked at together, in order. */
    public List<Set<String>> looks() {
        return looks;
    }

    public Journey journeyOf(String account) {
        return journeys.getOrDefault(account, Journey.NONE);
    }

    @Override
    public Optional<Instant> now() {
        return Optional.ofNullable(now);
    }

    @Override
    public void tick(Instant at) {
        now = at;
    }

    @Override
    public List<String> due(Instant at, int most) {
        return nextDue.entrySet().stream()
                .filter(due -> !due.getValue().isAfter(at))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .limit(most)
                .toList();
    }

    @Override
    public void tell(Collection<AccountFacts> told) {
        told.forEach(account -> facts.put(account.account(), account));
    }

    @Override
    public void count(List<Happening.Pinged> pinged, List<Happening.Used> used) {
        for (Happening.Pinged each : pinged) {
            UsagePing ping = each.ping();
            if (ping.production()) {
                Map<String, Instance> known = instances.computeIfAbsent(ping.account(), account -> new HashMap<>());
                boolean isBaseline = !known.containsKey(ping.instance());
                known.computeIfAbsent(ping.instance(), instance -> new Instance())
                        .count(ping);
                new TreeMap<>(ping.features()).forEach((feature, uses) -> {
                    if (uses > 0 && isNew(ping.account(), feature) && !isBaseline) {
                        untold.computeIfAbsent(ping.account(), account -> new ArrayList<>())
                                .add(new FirstUse(feature, Source.PING, ping.at(), each.id()));
                    }
                });
            }
        }
        for (Happening.Used each : used) {
            UsageEvent event = each.event();
            users.computeIfAbsent(event.account(), account -> new Users()).count(event);
            if (isNew(event.account(), event.feature())) {
                untold.computeIfAbsent(event.account(), account -> new ArrayList<>())
                        .add(new FirstUse(event.feature(), Source.EVENT, event.at(), each.id()));
            }
        }
    }

    private boolean isNew(String account, String feature) {
        return features.computeIfAbsent(account, key -> new HashSet<>()).add(feature);
    }

    @Override
    public Map<String, AccountBook> open(Set<String> accounts, Instant at) {
        looks.add(accounts);
        Map<String, AccountBook> books = new TreeMap<>();
        accounts.stream()
                .filter(facts::containsKey)
                .forEach(account -> books.put(
                        account,
                        new AccountBook(
                                facts.get(account),
                                journeyOf(account),
                                counts(account, at),
                                untold.getOrDefault(account, List.of()),
                                null)));
        return books;
    }

    @Override
    public void postpone(Set<String> accounts) {
        accounts.stream().filter(facts::containsKey).forEach(account -> nextDue.put(account, Instant.EPOCH));
    }

    @Override
    public void close(Map<String, Decisions> decisions, Instant at) {
        decisions.forEach((account, decision) -> {
            journeys.put(account, decision.journey());
            untold.remove(account);
            decided.addAll(decision.events());
            decision.nextDue().ifPresentOrElse(due -> nextDue.put(account, due), () -> nextDue.remove(account));
        });
    }

    private UsageCounts counts(String account, Instant at) {
        Map<String, InstanceCounts> counts = new HashMap<>();
        instances.getOrDefault(account, Map.of()).forEach((id, instance) -> counts.put(id, instance.counts()));
        return new UsageCounts(counts, users.getOrDefault(account, new Users()).counts(at));
    }

    private static final class Instance {
        private UsagePing last;
        private final Map<LocalDate, Integer> days = new HashMap<>();
        private final Map<YearMonth, MonthCount> months = new HashMap<>();

        void count(UsagePing ping) {
            last = last == null || !ping.at().isBefore(last.at()) ? ping : last;
            ActiveUsers users = ping.activeUsers();
            LocalDate on = LocalDate.ofInstant(ping.at(), UTC);
            if (users.day() != null) {
                days.merge(users.dayStart() == null ? on : users.dayStart(), users.day(), Math::max);
            }
            months.merge(YearMonth.from(on), new MonthCount(null, ping.at()), Instance::most);
            if (users.month() != null) {
                YearMonth month = YearMonth.from(users.monthStart() == null ? on : users.monthStart());
                months.merge(month, new MonthCount(users.month(), ping.at()), Instance::most);
            }
        }

        InstanceCounts counts() {
            return new InstanceCounts(
                    last.production(),
                    last.version(),
                    last.at(),
                    days,
                    months,
                    last.activeUsers().rollingMonth());
        }

        private static MonthCount most(MonthCount a, MonthCount b) {
            Integer users = a.users() == null ? b.users() : a.users();
            if (a.users() != null && b.users() != null) {
                users = Math.max(a.users(), b.users());
            }
            return new MonthCount(users, a.lastPingAt().isAfter(b.lastPingAt()) ? a.lastPingAt() : b.lastPingAt());
        }
    }

    private static final class Users {
        private final TreeMap<LocalDate, Set<String>> ofDays = new TreeMap<>();
        private final Map<YearMonth, Set<String>> ofMonths = new HashMap<>();
        private final Map<LocalDate, Integer> days = new HashMap<>();
        private final Map<YearMonth, Integer> months = new HashMap<>();

        void count(UsageEvent event) {
            LocalDate day = LocalDate.ofInstant(event.at(), UTC);
            YearMonth month = YearMonth.from(day);
            ofDays.computeIfAbsent(day, key -> new HashSet<>()).add(event.user());
            ofMonths.computeIfAbsent(month, key -> new HashSet<>()).add(event.user());
            days.put(day, ofDays.get(day).size());
            months.put(month, ofMonths.get(month).size());
        }

        EventCounts counts(Instant at) {
            if (ofDays.isEmpty()) {
                return EventCounts.NONE;
            }
            Set<String> rolling = new HashSet<>();
            ofDays.tailMap(LocalDate.ofInstant(at, UTC).minusDays(29)).values().forEach(rolling::addAll);
            return new EventCounts(ofDays.firstKey(), days, months, rolling.size());
        }
    }
}
