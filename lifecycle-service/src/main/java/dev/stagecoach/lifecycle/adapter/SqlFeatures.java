package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.AccountBook;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.FirstUses.Seen;
import dev.stagecoach.lifecycle.usage.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which account has used which feature, and what showed it first, in a table. */
final class SqlFeatures {
    private static final String READ = """
            select account, feature, seen_at, source, cause, cause_topic, cause_partition, cause_offset, baseline_of, told
            from feature where account = any (?)
            """;
    private static final String WRITE = """
            insert into feature (account, feature, seen_at, source, cause, cause_topic, cause_partition, cause_offset,
                baseline_of, told)
            select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::int[],
                ?::bigint[], ?::text[], ?::boolean[])
            on conflict (account, feature) do update set baseline_of = excluded.baseline_of, told = excluded.told
            """;

    private final Connection connection;

    SqlFeatures(Connection connection) {
        this.connection = connection;
    }

    private record Row(String account, Seen seen) {
        Cause cause() {
            return seen.use().causedBy();
        }
    }

    void read(Map<String, AccountBook> books) throws SQLException {
        SqlRows.ofAccounts(connection, READ, books.keySet(), (account, row) -> {
            AccountBook book = books.get(account);
            if (book != null) {
                Cause cause = new Cause(
                        row.getString(5),
                        Objects.requireNonNullElse(row.getString(6), ""),
                        row.getInt(7),
                        row.getLong(8));
                FirstUse use =
                        new FirstUse(row.getString(2), Source.of(row.getString(4)), SqlRows.instantOf(row, 3), cause);
                book.firstUses().recall(new Seen(use, row.getString(9), row.getBoolean(10)));
            }
        });
    }

    void write(Collection<AccountBook> books) throws SQLException {
        List<Row> rows = new ArrayList<>();
        books.forEach(book -> book.firstUses().changed().forEach(seen -> rows.add(new Row(book.account(), seen))));
        SqlColumns.execute(
                connection,
                WRITE,
                rows,
                columns -> columns.column("text", Row::account)
                        .column("text", row -> row.seen().use().feature())
                        .column("timestamptz", row -> row.seen().use().usedAt().toString())
                        .column("text", row -> row.seen().use().source().wireName())
                        .column("text", row -> row.cause().id())
                        .column("text", row -> row.cause().topic())
                        .column("int", row -> row.cause().partition())
                        .column("bigint", row -> row.cause().offset())
                        .column("text", row -> row.seen().baselineOf())
                        .column("boolean", row -> row.seen().told()));
    }
}
