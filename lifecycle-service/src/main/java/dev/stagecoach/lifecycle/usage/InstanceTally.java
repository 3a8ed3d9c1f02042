package dev.stagecoach.lifecycle.usage;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.MonthCount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one instance counted itself: the highest count of each period that it reported. The same ping again, or a late one,
 * changes nothing but the period that it belongs to.
 */
public final class InstanceTally {
    private final String id;
    private final Map<LocalDate, Integer> days = new HashMap<>();
    private final Map<YearMonth, MonthCount> months = new HashMap<>();
    private final Set<LocalDate> changedDays = new HashSet<>();
    private final Set<YearMonth> changedMonths = new HashSet<>();
    private Instant firstPingAt;
    private Instant lastPingAt;
    private boolean production;
    private @Nullable String version;
    private @Nullable Integer rollingMonth;
    private boolean isChanged;

    /** An instance as it is kept, its days and months to be {@linkplain #recall recalled}. */
    public InstanceTally(
            String id,
            boolean production,
            @Nullable String version,
            Instant firstPingAt,
            Instant lastPingAt,
            @Nullable Integer rollingMonth) {
        this.id = id;
        this.production = production;
        this.version = version;
        this.firstPingAt = firstPingAt;
        this.lastPingAt = lastPingAt;
        this.rollingMonth = rollingMonth;
    }

    /** An instance that was never heard of before. */
    public static InstanceTally first(UsagePing ping) {
        return new InstanceTally(
                ping.instance(),
                ping.production(),
                ping.version(),
                ping.at(),
                ping.at(),
                ping.activeUsers().rollingMonth());
    }

    public void recall(LocalDate day, int users) {
        days.put(day, users);
    }

    public void recall(YearMonth month, MonthCount count) {
        months.put(month, count);
    }

    public void count(UsagePing ping) {
        isChanged = true;
        if (ping.at().isBefore(firstPingAt)) {
            firstPingAt = ping.at();
        }
        if (!ping.at().isBefore(lastPingAt)) {
            lastPingAt = ping.at();
            production = ping.production();
            version = ping.version();
            rollingMonth = ping.activeUsers().rollingMonth();
        }
        ActiveUsers users = ping.activeUsers();
        LocalDate pingedOn = LocalDate.ofInstant(ping.at(), UTC);
        if (users.day() != null) {
            raise(users.dayStart() == null ? pingedOn : users.dayStart(), users.day());
        }
        // A ping without a count still says that the instance lived in the month.
        raise(YearMonth.from(pingedOn), new MonthCount(null, ping.at(), inUse(ping)));
        if (users.month() != null) {
            LocalDate in = users.monthStart() == null ? pingedOn : users.monthStart();
            raise(YearMonth.from(in), new MonthCount(users.month(), ping.at(), Map.of()));
        }
    }

    private static Map<String, Long> inUse(UsagePing ping) {
        if (ping.features().isEmpty()) {
            return Map.of();
        }
        Map<String, Long> inUse = new HashMap<>(ping.features());
        inUse.values().removeIf(uses -> uses <= 0);
        return inUse;
    }

    private void raise(LocalDate day, int users) {
        Integer known = days.get(day);
        if (known == null || known < users) {
            days.put(day, users);
            changedDays.add(day);
        }
    }

    private void raise(YearMonth month, MonthCount count) {
        MonthCount known = months.get(month);
        MonthCount most = known == null ? count : known.and(count);
        if (!most.equals(known)) {
            months.put(month, most);
            changedMonths.add(month);
        }
    }

    public String id() {
        return id;
    }

    public boolean production() {
        return production;
    }

    public @Nullable String version() {
        return version;
    }

    public Instant firstPingAt() {
        return firstPingAt;
    }

    public Instant lastPingAt() {
        return lastPingAt;
    }

    public @Nullable Integer rollingMonth() {
        return rollingMonth;
    }

    /** The figures that decisions look at. */
    public InstanceCounts counts() {
        return new InstanceCounts(production, version, firstPingAt, lastPingAt, days, months, rollingMonth);
    }

    /** Whether a ping has been counted since {@link #settled}. */
    public boolean isChanged() {
        return isChanged;
    }

    /** Days whose count has risen since {@link #settled}. */
    public Map<LocalDate, Integer> changedDays() {
        Map<LocalDate, Integer> changed = new HashMap<>(days);
        changed.keySet().retainAll(changedDays);
        return changed;
    }

    /** Months whose count has changed since {@link #settled}. */
    public Map<YearMonth, MonthCount> changedMonths() {
        Map<YearMonth, MonthCount> changed = new HashMap<>(months);
        changed.keySet().retainAll(changedMonths);
        return changed;
    }

    /** What changed has been kept. */
    public void settled() {
        isChanged = false;
        changedDays.clear();
        changedMonths.clear();
    }
}
