package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** lifecycle-service's tables, and which of them can be made anew from its topics. */
final class LifecycleTables {

    /** Written by the consumer alone, from what it reads. */
    private static final Set<String> DERIVED = Set.of(
            "partition_clock",
            "journey",
            "health_day",
            "account_user",
            "user_day",
            "event_day",
            "event_month",
            "event_receipt",
            "instance",
            "ping_day",
            "ping_month",
            "feature");

    /** What people told, what was decided, and what the machinery needs. */
    private static final Set<String> KEPT = Set.of(
            "account",
            "account_act",
            "decision",
            "policy_version",
            "write_key",
            "outbox",
            "dead_letter",
            "consumed_offset",
            "flyway_schema_history");

    /** What was told about usage is history: numbered anew, the next telling would have an id that the world knows already. */
    private static final String FORGET_JOURNEYS =
            "update journey set facts = null, stage = null, state = null, next_due = null, problem = null";

    /**
     * Where rows need not be the same to say the same: users have numbers, in the order in which they were first seen; figures of
     * running periods are told once a tick, at whichever record came first; and events that counted stand in rows by batch.
     */
    private static final Map<String, String> SAID = Map.of(
            "account_user",
            "select account, user_id from %s.account_user",
            "user_day",
            "select account, day, sum(bit_count(users)) from %s.user_day group by account, day",
            "event_receipt",
            "select partition, day, substr(ids, n * 8 + 1, 8) as id"
                    + " from %s.event_receipt, generate_series(0, octet_length(ids) / 8 - 1) as n",
            "journey",
            "select account, partition, facts, stage, state, recapped, next_due, summary - 'current' - 'asOf' from %s.journey");

    /**
     * Where, besides, two runs of one sample may differ: which of the requests that come at once on a day is the first to name a feature, and where
     * that stands in its topic.
     */
    private static final Map<String, String> SAID_BY_ANY_RUN = Map.of(
            "feature",
            "select account, feature, seen_at::date, source, told, baseline_of, cause_topic, cause_partition from %s.feature");

    private static final int EXAMPLES = 10;
    private static final String BEFORE = "before_rebuild";

    private final Connection database;
    private final Set<String> derived;

    private LifecycleTables(Connection database, Set<String> derived) {
        this.database = database;
        this.derived = derived;
    }

    /** @throws Complaint if there is a table of which it is not known what it holds */
    static LifecycleTables of(Connection database) throws SQLException {
        var tables = new TreeSet<>(column(
                database,
                "select table_name from information_schema.tables where table_schema = 'public'"
                        + " and table_type = 'BASE TABLE'"));
        var unknown = new TreeSet<>(tables);
        unknown.removeAll(DERIVED);
        unknown.removeAll(KEPT);
        if (!unknown.isEmpty()) {
            throw new Complaint("lifecycle-service has tables that a rebuild does not know: " + unknown
                    + " (expected: named in LifecycleTables, as derived or as kept).");
        }
        tables.retainAll(DERIVED);
        return new LifecycleTables(database, tables);
    }

    /**
     * Sets what is derived apart, and has the service read everything again. All of it or nothing.
     *
     * @throws Complaint if a rebuild before this one has left rows there: they may be the only ones that are right
     */
    void empty() throws SQLException {
        requireNothingSetApart();
        database.setAutoCommit(false);
        try (var statement = database.createStatement()) {
            statement.execute("create schema " + BEFORE);
            for (var table : derived) {
                statement.execute("create table " + BEFORE + "." + table + " as table public." + table);
            }
            statement.execute("create table " + BEFORE + ".decision as table public.decision");
            statement.execute("truncate " + String.join(", ", withoutJourney()));
            statement.execute(FORGET_JOURNEYS);
            statement.execute(
                    "update consumed_offset set replay_until = greatest(replay_until, next_offset), next_offset = 0");
            database.commit();
        } catch (SQLException e) {
            database.rollback();
            throw e;
        } finally {
            database.setAutoCommit(true);
        }
    }

    private void requireNothingSetApart() throws SQLException {
        if (single("select count(*) from information_schema.schemata where schema_name = '" + BEFORE + "'") > 0) {
            throw new Complaint(
                    "The schema " + BEFORE + " of the database 'lifecycle' holds the rows from before a rebuild that"
                            + " found differences or did not end. They are the only copy: look at them, or keep them elsewhere, and then"
                            + " 'drop schema " + BEFORE + " cascade' in that database and start the rebuild again.");
        }
    }

    /** What each derived table says now, row by row as text, in order: the same after every run of the same sample. */
    SortedMap<String, List<String>> rows() throws SQLException {
        var rows = new TreeMap<String, List<String>>();
        for (var table : derived) {
            var said = SAID_BY_ANY_RUN
                    .getOrDefault(table, SAID.getOrDefault(table, "select * from %s." + table))
                    .formatted("public");
            rows.put(table, column(database, "select a::text from (" + said + ") a order by 1"));
        }
        return rows;
    }

    /** Tells of each table whether it is as it was; what was there stays where it is not. */
    boolean compare(Consumer<String> tell) throws SQLException {
        var compared = new ArrayList<>(derived);
        compared.add("decision");
        boolean same = true;
        for (var table : compared) {
            long differing = differing(table);
            same &= differing == 0;
            tell.accept("%-16s %8s rows, %s"
                    .formatted(
                            table,
                            single("select count(*) from " + table),
                            differing == 0 ? "as before" : differing + " rows differ"));
            if (differing > 0) {
                examples(table).forEach(tell);
            }
        }
        if (same) {
            try (var statement = database.createStatement()) {
                statement.execute("drop schema " + BEFORE + " cascade");
            }
        } else {
            tell.accept("The rows as they were are in the schema " + BEFORE + " of the database 'lifecycle'.");
        }
        return same;
    }

    private List<String> withoutJourney() {
        return derived.stream().filter(table -> !table.equals("journey")).toList();
    }

    private long differing(String table) throws SQLException {
        return single("select count(*) from (" + differences(table) + ") difference");
    }

    /** Some of what is not as it was, sorted, so that what belongs together stands together. */
    private List<String> examples(String table) throws SQLException {
        return column(
                database,
                "select '  ' || text || ' (' || side || ')' from (" + differences(table)
                        + ") difference order by 1 limit " + EXAMPLES);
    }

    private String differences(String table) throws SQLException {
        var said = SAID.getOrDefault(table, rows(table));
        var now = said.formatted("public");
        var before = said.formatted(BEFORE);
        return "select a::text as text, 'now' as side from (" + now + " except all " + before + ") a"
                + " union all select b::text, 'before' from (" + before + " except all " + now + ") b";
    }

    private String rows(String table) throws SQLException {
        var columns = String.join(
                ", ",
                column(
                        database,
                        "select column_name from information_schema.columns where table_schema = '" + BEFORE
                                + "' and table_name = '" + table + "' order by ordinal_position"));
        return "select " + columns + " from %s." + table;
    }

    private long single(String query) throws SQLException {
        return Long.parseLong(column(database, query).get(0));
    }

    private static List<String> column(Connection database, String query) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
