package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.lifecycle.policy.UsagePolicy;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.EventCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.InstanceCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.MonthCount;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the counts that decisions look at: the last two months of them. */
final class SqlCounts {
    private static final int ROLLING_DAYS = 30;

    private static final String FIRST_DAYS = """
            select account, (select min(day) from event_day where account = asked.account)
            from unnest(?::text[]) as asked (account)
            """;
    private static final String EVENT_DAYS =
            "select account, day, users from event_day where account = any (?) and day >= ?";
    private static final String EVENT_MONTHS =
            "select account, month, users from event_month where account = any (?) and month >= ?";
    private static final String ROLLING =
            "select account, count(*) from user_activity where account = any (?) and last_day > ? group by account";
    private static final String INSTANCES = """
            select account, instance, production, version, last_ping_at, rolling_month
            from instance where account = any (?)
            """;
    private static final String PING_DAYS =
            "select account, instance, day, users from ping_day where account = any (?) and day >= ?";
    private static final String PING_MONTHS =
            "select account, instance, month, users, last_ping_at from ping_month where account = any (?) and month >= ?";

    private final Connection connection;
    private final Object[] accounts;
    private final LocalDate today;
    private final LocalDate oldestDay;
    private final LocalDate oldestMonth;

    SqlCounts(Connection connection, Set<String> accounts, Instant now) {
        this.connection = connection;
        this.accounts = accounts.toArray();
        this.today = LocalDate.ofInstant(now, UTC);
        this.oldestDay = today.minusDays(UsagePolicy.MOST_DAYS);
        this.oldestMonth = YearMonth.from(today).minusMonths(1).atDay(1);
    }

    private interface RowReader {
        void read(String account, ResultSet row) throws SQLException;
    }

    /** Counts by account; an account without any is absent. */
    Map<String, UsageCounts> read() throws SQLException {
        Map<String, Map<String, InstanceCounts>> instances = readInstances();
        Map<String, EventCounts> events = readEvents();
        Map<String, UsageCounts> counts = new HashMap<>();
        for (Object account : accounts) {
            String id = (String) account;
            counts.put(
                    id,
                    new UsageCounts(instances.getOrDefault(id, Map.of()), events.getOrDefault(id, EventCounts.NONE)));
        }
        return counts;
    }

    private Map<String, EventCounts> readEvents() throws SQLException {
        Map<String, LocalDate> firstDays = new HashMap<>();
        forEach(FIRST_DAYS, null, (account, row) -> {
            LocalDate first = row.getObject(2, LocalDate.class);
            if (first != null) {
                firstDays.put(account, first);
            }
        });
        if (firstDays.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<LocalDate, Integer>> days = new HashMap<>();
        forEach(
                EVENT_DAYS,
                oldestDay,
                (account, row) -> days.computeIfAbsent(account, key -> new HashMap<>())
                        .put(row.getObject(2, LocalDate.class), row.getInt(3)));
        Map<String, Map<YearMonth, Integer>> months = new HashMap<>();
        forEach(
                EVENT_MONTHS,
                oldestMonth,
                (account, row) -> months.computeIfAbsent(account, key -> new HashMap<>())
                        .put(YearMonth.from(row.getObject(2, LocalDate.class)), row.getInt(3)));
        Map<String, Integer> rolling = new HashMap<>();
        forEach(ROLLING, today.minusDays(ROLLING_DAYS), (account, row) -> rolling.put(account, row.getInt(2)));
        Map<String, EventCounts> events = new HashMap<>();
        firstDays.forEach((account, first) -> events.put(
                account,
                new EventCounts(
                        first,
                        days.getOrDefault(account, Map.of()),
                        months.getOrDefault(account, Map.of()),
                        rolling.getOrDefault(account, 0))));
        return events;
    }

    private Map<String, Map<String, InstanceCounts>> readInstances() throws SQLException {
        Map<String, Map<String, InstanceCounts>> instances = new HashMap<>();
        forEach(
                INSTANCES,
                null,
                (account, row) -> instances
                        .computeIfAbsent(account, key -> new HashMap<>())
                        .put(
                                row.getString(2),
                                new InstanceCounts(
                                        row.getBoolean(3),
                                        row.getString(4),
                                        row.getObject(5, OffsetDateTime.class).toInstant(),
                                        new HashMap<>(),
                                        new HashMap<>(),
                                        row.getObject(6, Integer.class))));
        if (instances.isEmpty()) {
            return instances;
        }
        forEach(PING_DAYS, oldestDay, (account, row) -> {
            InstanceCounts instance = instances.getOrDefault(account, Map.of()).get(row.getString(2));
            if (instance != null) {
                instance.days().put(row.getObject(3, LocalDate.class), row.getInt(4));
            }
        });
        forEach(PING_MONTHS, oldestMonth, (account, row) -> {
            InstanceCounts instance = instances.getOrDefault(account, Map.of()).get(row.getString(2));
            if (instance != null) {
                instance.months()
                        .put(
                                YearMonth.from(row.getObject(3, LocalDate.class)),
                                new MonthCount(
                                        row.getObject(4, Integer.class),
                                        row.getObject(5, OffsetDateTime.class).toInstant()));
            }
        });
        return instances;
    }

    private void forEach(String sql, @Nullable LocalDate from, RowReader reader) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(sql)) {
            read.setArray(1, connection.createArrayOf("text", accounts));
            if (from != null) {
                read.setDate(2, Date.valueOf(from));
            }
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows.getString(1), rows);
                }
            }
        }
    }
}
