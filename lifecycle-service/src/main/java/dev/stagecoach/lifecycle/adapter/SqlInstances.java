package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.AccountBook;
import dev.stagecoach.lifecycle.usage.InstanceTally;
import dev.stagecoach.lifecycle.usage.UsageCounts.MonthCount;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What instances counted themselves, in tables. */
final class SqlInstances {
    private static final String INSTANCES = """
            select account, instance, production, version, first_ping_at, last_ping_at, rolling_month
            from instance where account = any (?)
            """;
    private static final String DAYS =
            "select account, instance, day, users from ping_day where account = any (?) and day >= ?";
    private static final String MONTHS =
            "select account, instance, month, users, last_ping_at, features from ping_month where account = any (?) and month >= ?";

    private static final String WRITE_INSTANCES = """
            insert into instance (account, instance, production, version, first_ping_at, last_ping_at, rolling_month)
            select * from unnest(
                ?::text[], ?::text[], ?::boolean[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::int[])
            on conflict (account, instance) do update set
                production = excluded.production,
                version = excluded.version,
                first_ping_at = excluded.first_ping_at,
                last_ping_at = excluded.last_ping_at,
                rolling_month = excluded.rolling_month
            """;
    /** A late ping can be about a period that was not read back: the higher count stays. */
    private static final String RAISE_DAYS = """
            insert into ping_day as known (account, instance, day, users)
            select * from unnest(?::text[], ?::text[], ?::date[], ?::int[])
            on conflict (account, instance, day) do update set users = greatest(known.users, excluded.users)
            """;

    private static final String RAISE_MONTHS = """
            insert into ping_month as known (account, instance, month, users, last_ping_at, features)
            select * from unnest(?::text[], ?::text[], ?::date[], ?::int[], ?::timestamptz[], ?::jsonb[])
            on conflict (account, instance, month) do update set
                users = greatest(known.users, excluded.users),
                last_ping_at = greatest(known.last_ping_at, excluded.last_ping_at),
                features = case
                    when known.features = excluded.features then known.features
                    else (
                        select coalesce(jsonb_object_agg(feature, uses), '{}')
                        from (
                            select feature, max(uses::bigint) as uses
                            from (
                                select * from jsonb_each_text(known.features)
                                union all
                                select * from jsonb_each_text(excluded.features)
                            ) as each (feature, uses)
                            group by feature
                        ) as highest
                    )
                end
            """;

    private final Connection connection;

    SqlInstances(Connection connection) {
        this.connection = connection;
    }

    private record Row<V>(String account, String instance, V value) {}

    void read(Map<String, AccountBook> books, YearMonth from) throws SQLException {
        List<String> pinging = new ArrayList<>();
        SqlRows.ofAccounts(connection, INSTANCES, books.keySet(), (account, row) -> {
            AccountBook book = books.get(account);
            if (book != null) {
                pinging.add(account);
                book.recall(new InstanceTally(
                        row.getString(2),
                        row.getBoolean(3),
                        row.getString(4),
                        SqlRows.instantOf(row, 5),
                        SqlRows.instantOf(row, 6),
                        row.getObject(7, Integer.class)));
            }
        });
        if (pinging.isEmpty()) {
            return;
        }
        SqlRows.ofAccountsFrom(connection, DAYS, pinging, from.atDay(1), (account, row) -> {
            InstanceTally instance = instance(books, account, row.getString(2));
            if (instance != null) {
                instance.recall(SqlRows.date(row, 3), row.getInt(4));
            }
        });
        SqlRows.ofAccountsFrom(connection, MONTHS, pinging, from.atDay(1), (account, row) -> {
            InstanceTally instance = instance(books, account, row.getString(2));
            if (instance != null) {
                MonthCount count = new MonthCount(
                        row.getObject(4, Integer.class), SqlRows.instantOf(row, 5), JsonUses.read(row.getString(6)));
                instance.recall(YearMonth.from(SqlRows.date(row, 3)), count);
            }
        });
    }

    private static @org.jspecify.annotations.Nullable InstanceTally instance(
            Map<String, AccountBook> books, String account, String instance) {
        AccountBook book = books.get(account);
        return book == null ? null : book.instance(instance);
    }

    void write(Collection<AccountBook> books) throws SQLException {
        List<Row<InstanceTally>> instances = new ArrayList<>();
        List<Row<Map.Entry<LocalDate, Integer>>> days = new ArrayList<>();
        List<Row<Map.Entry<YearMonth, MonthCount>>> months = new ArrayList<>();
        for (AccountBook book : books) {
            for (InstanceTally instance : book.instances()) {
                if (instance.isChanged()) {
                    instances.add(new Row<>(book.account(), instance.id(), instance));
                    instance.changedDays()
                            .entrySet()
                            .forEach(day -> days.add(new Row<>(book.account(), instance.id(), day)));
                    instance.changedMonths()
                            .entrySet()
                            .forEach(month -> months.add(new Row<>(book.account(), instance.id(), month)));
                }
            }
        }
        SqlColumns.execute(
                connection,
                WRITE_INSTANCES,
                instances,
                columns -> columns.column("text", Row::account)
                        .column("text", Row::instance)
                        .column("boolean", row -> row.value().production())
                        .column("text", row -> row.value().version())
                        .column("timestamptz", row -> row.value().firstPingAt().toString())
                        .column("timestamptz", row -> row.value().lastPingAt().toString())
                        .column("int", row -> row.value().rollingMonth()));
        SqlColumns.execute(
                connection,
                RAISE_DAYS,
                days,
                columns -> columns.column("text", Row::account)
                        .column("text", Row::instance)
                        .column("date", row -> row.value().getKey())
                        .column("int", row -> row.value().getValue()));
        SqlColumns.execute(
                connection,
                RAISE_MONTHS,
                months,
                columns -> columns.column("text", Row::account)
                        .column("text", Row::instance)
                        .column("date", row -> row.value().getKey().atDay(1))
                        .column("int", row -> row.value().getValue().users())
                        .column(
                                "timestamptz",
                                row -> row.value().getValue().lastPingAt().toString())
                        .column(
                                "text",
                                row -> JsonUses.write(row.value().getValue().features())));
    }
}
