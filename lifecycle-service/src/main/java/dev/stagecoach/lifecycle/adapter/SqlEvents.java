package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.AccountBook;
import dev.stagecoach.lifecycle.usage.EventTally;
import dev.stagecoach.lifecycle.usage.EventTally.Day;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Distinct users by events, in tables. A day of an account is a few bits for each of its users, in pages, so that what is written
 * grows with account-days, however many events there were.
 */
final class SqlEvents {
    private static final int PAGE = 8_192;

    private static final String FIRST_DAYS = """
            select account, (select min(day) from event_day where account = asked.account)
            from unnest(?::text[]) as asked (account)
            """;
    private static final String DAYS =
            "select account, day, users, events, features from event_day where account = any (?) and day >= ?";
    private static final String PAGES =
            "select account, day, page, users from user_day where account = any (?) and day >= ?";
    private static final String BEFORE = " and day < ?";
    private static final String USERS = "select account, user_id, number from account_user where account = any (?)";

    private static final String WRITE_USERS = """
            insert into account_user (account, user_id, number)
            select * from unnest(?::text[], ?::text[], ?::int[])
            """;
    private static final String WRITE_PAGES = """
            insert into user_day (account, day, page, users)
            select * from unnest(?::text[], ?::date[], ?::int[], ?::bytea[])
            on conflict (account, day, page) do update set users = excluded.users
            """;
    private static final String WRITE_DAYS = """
            insert into event_day (account, day, users, events, features)
            select * from unnest(?::text[], ?::date[], ?::int[], ?::bigint[], ?::jsonb[])
            on conflict (account, day) do update set
                users = excluded.users, events = excluded.events, features = excluded.features
            """;
    private static final String WRITE_MONTHS = """
            insert into event_month (account, month, users)
            select * from unnest(?::text[], ?::date[], ?::int[])
            on conflict (account, month) do update set users = excluded.users
            """;

    private final Connection connection;

    SqlEvents(Connection connection) {
        this.connection = connection;
    }

    private record User(String account, String id, int number) {}

    private record AccountDay(String account, Day day) {}

    private record Page(String account, Day day, int number) {
        byte[] users() {
            return day.users().get(number * PAGE, (number + 1) * PAGE).toByteArray();
        }
    }

    private record Month(String account, YearMonth month, int users) {}

    /** Reads the days of accounts from a month on, without the names of the users. */
    void read(Map<String, AccountBook> books, YearMonth from) throws SQLException {
        Map<String, EventTally> tallies = new HashMap<>();
        SqlRows.ofAccounts(connection, FIRST_DAYS, books.keySet(), (account, row) -> {
            LocalDate first = row.getObject(2, LocalDate.class);
            AccountBook book = books.get(account);
            if (first != null && book != null) {
                EventTally tally = EventTally.kept(from, first);
                book.recall(tally);
                tallies.put(account, tally);
            }
        });
        if (tallies.isEmpty()) {
            return;
        }
        Map<String, Map<LocalDate, Day>> days = new HashMap<>();
        SqlRows.ofAccountsFrom(
                connection,
                DAYS,
                tallies.keySet(),
                from.atDay(1),
                (account, row) ->
                        days.computeIfAbsent(account, key -> new HashMap<>()).put(SqlRows.date(row, 2), day(row)));
        SqlRows.ofAccountsFrom(
                connection,
                PAGES,
                tallies.keySet(),
                from.atDay(1),
                (account, row) -> recallPage(days.getOrDefault(account, Map.of()), row));
        days.forEach((account, ofAccount) -> {
            EventTally tally = tallies.get(account);
            if (tally != null) {
                ofAccount.values().forEach(tally::recall);
            }
        });
    }

    /** Reads the names of the users of accounts. */
    void readUsers(Map<String, AccountBook> books) throws SQLException {
        SqlRows.ofAccounts(connection, USERS, books.keySet(), (account, row) -> {
            AccountBook book = books.get(account);
            if (book != null) {
                book.events().recall(row.getString(2), row.getInt(3));
            }
        });
        books.values().forEach(book -> book.events().usersAreRecalled());
    }

    /** Reads the days of an account from an earlier month on: rare, for usage that comes months late. */
    void readBack(AccountBook book, YearMonth from) throws SQLException {
        LocalDate until = book.events().coveredFrom().atDay(1);
        Map<LocalDate, Day> days = new HashMap<>();
        forEach(DAYS + BEFORE, book, from.atDay(1), until, row -> days.put(SqlRows.date(row, 2), day(row)));
        forEach(PAGES + BEFORE, book, from.atDay(1), until, row -> recallPage(days, row));
        days.values().forEach(book.events()::recall);
        book.events().isCoveredFrom(from);
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void forEach(String sql, AccountBook book, LocalDate from, LocalDate until, RowReader reader)
            throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(sql)) {
            read.setArray(1, connection.createArrayOf("text", new Object[] {book.account()}));
            read.setObject(2, from);
            read.setObject(3, until);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static void recallPage(Map<LocalDate, Day> days, ResultSet row) throws SQLException {
        Day day = days.get(SqlRows.date(row, 2));
        if (day != null) {
            day.recall(row.getInt(3) * PAGE, BitSet.valueOf(row.getBytes(4)));
        }
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(SqlRows.date(row, 2), row.getInt(3), row.getLong(4), JsonUses.read(row.getString(5)));
    }

    void write(Collection<AccountBook> books) throws SQLException {
        List<User> users = new ArrayList<>();
        List<AccountDay> days = new ArrayList<>();
        List<Page> pages = new ArrayList<>();
        List<Month> months = new ArrayList<>();
        for (AccountBook book : books) {
            gather(book, users, days, pages, months);
        }
        SqlColumns.execute(
                connection,
                WRITE_USERS,
                users,
                columns -> columns.column("text", User::account)
                        .column("text", User::id)
                        .column("int", User::number));
        SqlColumns.execute(
                connection,
                WRITE_PAGES,
                pages,
                columns -> columns.column("text", Page::account)
                        .column("date", page -> page.day().date())
                        .column("int", Page::number)
                        .column("bytea", Page::users));
        SqlColumns.execute(
                connection,
                WRITE_DAYS,
                days,
                columns -> columns.column("text", AccountDay::account)
                        .column("date", day -> day.day().date())
                        .column("int", day -> day.day().count())
                        .column("bigint", day -> day.day().events())
                        .column("text", day -> JsonUses.write(day.day().features())));
        SqlColumns.execute(
                connection,
                WRITE_MONTHS,
                months,
                columns -> columns.column("text", Month::account)
                        .column("date", month -> month.month().atDay(1))
                        .column("int", Month::users));
    }

    private static void gather(
            AccountBook book, List<User> users, List<AccountDay> days, List<Page> pages, List<Month> months) {
        EventTally tally = book.events();
        int number = tally.firstNewNumber();
        for (String user : tally.newUsers()) {
            users.add(new User(book.account(), user, number++));
        }
        Set<YearMonth> changed = new TreeSet<>();
        for (Day day : tally.changedDays()) {
            days.add(new AccountDay(book.account(), day));
            if (!day.newUsers().isEmpty()) {
                changed.add(YearMonth.from(day.date()));
                day.newUsers().stream()
                        .map(user -> user / PAGE)
                        .boxed()
                        .collect(Collectors.toCollection(TreeSet::new))
                        .forEach(page -> pages.add(new Page(book.account(), day, page)));
            }
        }
        changed.forEach(month -> months.add(new Month(book.account(), month, tally.usersOf(month))));
    }
}
