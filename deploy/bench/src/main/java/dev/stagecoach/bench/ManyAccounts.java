package dev.stagecoach.bench;

import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Multiplies one account in lifecycle-service's tables: each row that is about it, once for every account, with that account's id in
 * place of its own, in columns and in JSON.
 */
final class ManyAccounts {

    /** The account that is multiplied. */
    static final String TEMPLATE = "template";

    /** Columns of the tables that are about an account, but for those of what was decided and is on its way. */
    private static final String COLUMNS = """
            select c.table_name, c.column_name, c.data_type
            from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
              and c.table_name not in ('outbox', 'decision')
              and c.is_generated = 'NEVER'
              and exists (select from information_schema.columns a
                          where a.table_schema = 'public' and a.table_name = c.table_name and a.column_name = 'account')
            order by c.table_name, c.ordinal_position
            """;

    private final LifecycleBooks books;

    ManyAccounts(LifecycleBooks books) {
        this.books = books;
    }

    private record Column(String name, String type) {}

    /**
     * Fills the tables.
     *
     * @param accounts how many
     * @param due how many of them are due at the first instant, and as many at the second; the others much later
     */
    void fill(int accounts, int due, Instant first, Instant second) {
        var nextDue = """
                (case when i <= %1$d then timestamptz '%2$s'
                      when i <= 2 * %1$d then timestamptz '%3$s'
                      else timestamptz '%3$s' + interval '300 days' end)""".formatted(due, first, second);
        tables().forEach((table, columns) -> {
            var values = columns.stream().map(column -> value(column, nextDue)).toList();
            books.execute("insert into %s (%s) select %s from %s t, generate_series(1, %d) i where t.account = '%s'"
                    .formatted(
                            table,
                            String.join(", ", columns.stream().map(Column::name).toList()),
                            String.join(", ", values),
                            table,
                            accounts,
                            TEMPLATE));
        });
        books.execute("vacuum analyze");
        books.execute("checkpoint");
    }

    private Map<String, List<Column>> tables() {
        var tables = new LinkedHashMap<String, List<Column>>();
        try (var statement = books.connection().createStatement();
                var rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                        .add(new Column(rows.getString(2), rows.getString(3)));
            }
            return tables;
        } catch (SQLException e) {
            throw new Complaint("lifecycle-service's tables cannot be looked at: " + e.getMessage() + ".", e);
        }
    }

    private static String value(Column column, String nextDue) {
        var account = "'account-' || i";
        return switch (column.name()) {
            case "account" -> account;
            case "partition" -> "(i % " + Topics.DEFAULT_PARTITIONS + ")";
            case "next_due" -> nextDue;
            default ->
                column.type().equals("jsonb")
                        ? "case when jsonb_typeof(t.%1$s) = 'object' and t.%1$s ? 'account' then jsonb_set(t.%1$s, '{account}', to_jsonb(%2$s)) else t.%1$s end"
                                .formatted(column.name(), account)
                        : "t." + column.name();
        };
    }
}
