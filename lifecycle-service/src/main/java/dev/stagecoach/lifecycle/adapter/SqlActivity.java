package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.lifecycle.Happening.Used;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Distinct users by events. A batch is reduced to its user-days in memory, so that what is written grows with user-days and not
 * with events, and a repeated event writes nothing.
 */
final class SqlActivity {
    private static final String READ = """
            select account, user_id, last_day, days
            from user_activity join unnest(?::text[], ?::text[]) as touched (account, user_id) using (account, user_id)
            """;
    private static final String WRITE = """
            insert into user_activity (account, user_id, last_day, days)
            select * from unnest(?::text[], ?::text[], ?::date[], ?::bigint[])
            on conflict (account, user_id) do update set last_day = excluded.last_day, days = excluded.days
            """;
    private static final String ADD_TO_DAYS = """
            insert into event_day (account, day, users) select * from unnest(?::text[], ?::date[], ?::int[])
            on conflict (account, day) do update set users = event_day.users + excluded.users
            """;
    private static final String ADD_TO_MONTHS = """
            insert into event_month (account, month, users) select * from unnest(?::text[], ?::date[], ?::int[])
            on conflict (account, month) do update set users = event_month.users + excluded.users
            """;

    private final Connection connection;

    SqlActivity(Connection connection) {
        this.connection = connection;
    }

    private record User(String account, String id) {}

    private record Period(String account, LocalDate start) {}

    void count(List<Used> events) throws SQLException {
        Map<User, Set<Long>> daysOfUsers = new HashMap<>();
        for (Used used : events) {
            UsageEvent event = used.event();
            daysOfUsers
                    .computeIfAbsent(new User(event.account(), event.user()), user -> new HashSet<>())
                    .add(LocalDate.ofInstant(event.at(), UTC).toEpochDay());
        }
        if (daysOfUsers.isEmpty()) {
            return;
        }
        Map<User, UserDays> known = read(daysOfUsers.keySet());
        Map<User, UserDays> changed = new HashMap<>();
        Map<Period, Integer> newOfDay = new HashMap<>();
        Map<Period, Integer> newOfMonth = new HashMap<>();
        daysOfUsers.forEach((user, days) -> {
            UserDays before = known.get(user);
            UserDays after = before;
            // In order: the window of 64 days moves with the latest.
            for (long day : days.stream().sorted().toList()) {
                if (after != null && (after.contains(day) || after.isBeyond(day))) {
                    continue;
                }
                LocalDate date = LocalDate.ofEpochDay(day);
                YearMonth month = YearMonth.from(date);
                newOfDay.merge(new Period(user.account(), date), 1, Integer::sum);
                if (after == null || !after.anyIn(month)) {
                    newOfMonth.merge(new Period(user.account(), month.atDay(1)), 1, Integer::sum);
                }
                after = after == null ? UserDays.first(day) : after.with(day);
            }
            if (after != null && !after.equals(before)) {
                changed.put(user, after);
            }
        });
        write(changed);
        add(ADD_TO_DAYS, newOfDay);
        add(ADD_TO_MONTHS, newOfMonth);
    }

    private Map<User, UserDays> read(Set<User> users) throws SQLException {
        Map<User, UserDays> known = new HashMap<>();
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            SqlColumns.of(connection, read, users).column("text", User::account).column("text", User::id);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    known.put(
                            new User(rows.getString(1), rows.getString(2)),
                            new UserDays(rows.getObject(3, LocalDate.class).toEpochDay(), rows.getLong(4)));
                }
            }
        }
        return known;
    }

    private void write(Map<User, UserDays> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            SqlColumns.of(connection, write, changed.entrySet())
                    .column("text", user -> user.getKey().account())
                    .column("text", user -> user.getKey().id())
                    .column("date", user -> user.getValue().lastDate())
                    .column("bigint", user -> user.getValue().days());
            write.executeUpdate();
        }
    }

    private void add(String sql, Map<Period, Integer> users) throws SQLException {
        if (users.isEmpty()) {
            return;
        }
        try (PreparedStatement add = connection.prepareStatement(sql)) {
            SqlColumns.of(connection, add, users.entrySet())
                    .column("text", period -> period.getKey().account())
                    .column("date", period -> period.getKey().start())
                    .column("int", Map.Entry::getValue);
            add.executeUpdate();
        }
    }
}
