package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.Happening.Pinged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What instances counted themselves: the highest count of each instance and period is kept. */
final class SqlPings {
    private static final String READ_INSTANCES = """
            select account, instance
            from instance join unnest(?::text[], ?::text[]) as pinging (account, instance) using (account, instance)
            """;
    private static final String WRITE_INSTANCES = """
            insert into instance as known (account, instance, production, version, last_ping_at, rolling_month)
            select * from unnest(?::text[], ?::text[], ?::boolean[], ?::text[], ?::timestamptz[], ?::int[])
            on conflict (account, instance) do update set
                production = excluded.production,
                version = excluded.version,
                last_ping_at = excluded.last_ping_at,
                rolling_month = excluded.rolling_month
            where excluded.last_ping_at >= known.last_ping_at
            """;
    private static final String RAISE_DAYS = """
            insert into ping_day as known (account, instance, day, users)
            select * from unnest(?::text[], ?::text[], ?::date[], ?::int[])
            on conflict (account, instance, day) do update set users = greatest(known.users, excluded.users)
            """;
    private static final String RAISE_MONTHS = """
            insert into ping_month as known (account, instance, month, users, last_ping_at)
            select * from unnest(?::text[], ?::text[], ?::date[], ?::int[], ?::timestamptz[])
            on conflict (account, instance, month) do update set
                users = greatest(known.users, excluded.users),
                last_ping_at = greatest(known.last_ping_at, excluded.last_ping_at)
            """;

    private final Connection connection;

    SqlPings(Connection connection) {
        this.connection = connection;
    }

    record InstanceKey(String account, String instance) {}

    private record Period(InstanceKey instance, LocalDate start) {}

    private record Month(@Nullable Integer users, Instant lastPingAt) {
        Month and(Month other) {
            Integer most = users == null ? other.users : users;
            if (users != null && other.users != null) {
                most = Math.max(users, other.users);
            }
            return new Month(most, lastPingAt.isAfter(other.lastPingAt) ? lastPingAt : other.lastPingAt);
        }
    }

    /** The instances among those of the pings that were never heard of before. */
    Set<InstanceKey> unheardOf(List<Pinged> pings) throws SQLException {
        Set<InstanceKey> unheardOf = new HashSet<>();
        pings.forEach(pinged -> unheardOf.add(keyOf(pinged.ping())));
        try (PreparedStatement read = connection.prepareStatement(READ_INSTANCES)) {
            SqlColumns.of(connection, read, Set.copyOf(unheardOf))
                    .column("text", InstanceKey::account)
                    .column("text", InstanceKey::instance);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    unheardOf.remove(new InstanceKey(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return unheardOf;
    }

    void count(List<Pinged> pings) throws SQLException {
        if (pings.isEmpty()) {
            return;
        }
        Map<InstanceKey, UsagePing> last = new HashMap<>();
        Map<Period, Integer> days = new HashMap<>();
        Map<Period, Month> months = new HashMap<>();
        for (Pinged pinged : pings) {
            UsagePing ping = pinged.ping();
            InstanceKey instance = keyOf(ping);
            last.merge(instance, ping, (a, b) -> b.at().isBefore(a.at()) ? a : b);
            gather(ping, instance, days, months);
        }
        writeInstances(last);
        raiseDays(days);
        raiseMonths(months);
    }

    private static void gather(
            UsagePing ping, InstanceKey instance, Map<Period, Integer> days, Map<Period, Month> months) {
        LocalDate pingedOn = LocalDate.ofInstant(ping.at(), UTC);
        LocalDate pingedIn = YearMonth.from(pingedOn).atDay(1);
        ActiveUsers users = ping.activeUsers();
        if (users.day() != null) {
            LocalDate day = users.dayStart() == null ? pingedOn : users.dayStart();
            days.merge(new Period(instance, day), users.day(), Math::max);
        }
        // A ping without a count still says that the instance lived in the month.
        months.merge(new Period(instance, pingedIn), new Month(null, ping.at()), Month::and);
        if (users.month() != null) {
            LocalDate month = users.monthStart() == null
                    ? pingedIn
                    : YearMonth.from(users.monthStart()).atDay(1);
            months.merge(new Period(instance, month), new Month(users.month(), ping.at()), Month::and);
        }
    }

    static InstanceKey keyOf(UsagePing ping) {
        return new InstanceKey(ping.account(), ping.instance());
    }

    private void writeInstances(Map<InstanceKey, UsagePing> last) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(WRITE_INSTANCES)) {
            SqlColumns.of(connection, write, last.values())
                    .column("text", UsagePing::account)
                    .column("text", UsagePing::instance)
                    .column("boolean", UsagePing::production)
                    .column("text", UsagePing::version)
                    .column("timestamptz", ping -> ping.at().toString())
                    .column("int", ping -> ping.activeUsers().rollingMonth());
            write.executeUpdate();
        }
    }

    private void raiseDays(Map<Period, Integer> days) throws SQLException {
        if (days.isEmpty()) {
            return;
        }
        try (PreparedStatement raise = connection.prepareStatement(RAISE_DAYS)) {
            SqlColumns.of(connection, raise, days.entrySet())
                    .column("text", day -> day.getKey().instance().account())
                    .column("text", day -> day.getKey().instance().instance())
                    .column("date", day -> day.getKey().start())
                    .column("int", Map.Entry::getValue);
            raise.executeUpdate();
        }
    }

    private void raiseMonths(Map<Period, Month> months) throws SQLException {
        try (PreparedStatement raise = connection.prepareStatement(RAISE_MONTHS)) {
            SqlColumns.of(connection, raise, months.entrySet())
                    .column("text", month -> month.getKey().instance().account())
                    .column("text", month -> month.getKey().instance().instance())
                    .column("date", month -> month.getKey().start())
                    .column("int", month -> month.getValue().users())
                    .column(
                            "timestamptz",
                            month -> month.getValue().lastPingAt().toString());
            raise.executeUpdate();
        }
    }
}
