package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.AccountBook;
import dev.stagecoach.lifecycle.health.HealthStanding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Keeps a score for each day on which it changed: the last one of the day. */
final class SqlHealth {
    private static final String WRITE = """
            insert into health_day (account, day, level, score)
            select * from unnest(?::text[], ?::date[], ?::text[], ?::double precision[])
            on conflict (account, day) do update set level = excluded.level, score = excluded.score
            """;

    private final Connection connection;

    SqlHealth(Connection connection) {
        this.connection = connection;
    }

    private record Row(String account, LocalDate day, HealthStanding health) {}

    void write(Collection<AccountBook> books) throws SQLException {
        List<Row> rows = new ArrayList<>();
        books.forEach(book ->
                book.newScores().forEach((day, health) -> rows.add(new Row(book.account(), day, health))));
        SqlColumns.execute(
                connection,
                WRITE,
                rows,
                columns -> columns.column("text", Row::account)
                        .column("date", row -> row.day().toString())
                        .column("text", row -> row.health().level().wireName())
                        .column("float8", row -> row.health().latest().score()));
    }
}
