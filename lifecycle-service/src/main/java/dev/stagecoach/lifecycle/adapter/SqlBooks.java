package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.lifecycle.AccountBook;
import dev.stagecoach.lifecycle.Books;
import dev.stagecoach.lifecycle.Happening.Pinged;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.adapter.SqlPings.InstanceKey;
import dev.stagecoach.lifecycle.journey.Decisions;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The books of one partition in PostgreSQL, within the transaction that moves the offsets. */
final class SqlBooks implements Books {
    private static final String SOURCE = "/lifecycle-service";

    private static final String NOW = "select at from partition_clock where partition = ?";
    private static final String TICK = """
            insert into partition_clock (partition, at) values (?, ?)
            on conflict (partition) do update set at = excluded.at
            """;
    private static final String DUE =
            "select account from journey where partition = ? and next_due <= ? order by next_due, account limit ?";
    private static final String TELL = """
            insert into journey (account, partition, facts)
            select account, ?, facts from unnest(?::text[], ?::jsonb[]) as told (account, facts)
            on conflict (account) do update set facts = excluded.facts, partition = excluded.partition
            """;
    private static final String OPEN =
            "select account, facts, state, summary from journey where account = any (?) and facts is not null";
    private static final String POSTPONE =
            "update journey set next_due = 'epoch' where account = any (?) and facts is not null";
    private static final String CLOSE = """
            update journey set stage = decided.stage, state = decided.state, summary = decided.summary,
                next_due = decided.next_due
            from unnest(?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::timestamptz[])
                as decided (account, stage, state, summary, next_due)
            where journey.account = decided.account
            """;
    private static final String DECIDE = """
            insert into decision (id, account, at, type, data, cause)
            select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::jsonb[], ?::text[])
            on conflict (id) do nothing
            """;

    private final Connection connection;
    private final int partition;
    /** What was told before, of the accounts that are open. */
    private final Map<String, AccountBook> opened = new HashMap<>();

    SqlBooks(Connection connection, int partition) {
        this.connection = connection;
        this.partition = partition;
    }

    @Override
    public Optional<Instant> now() {
        return sql(() -> {
            try (PreparedStatement read = connection.prepareStatement(NOW)) {
                read.setInt(1, partition);
                try (ResultSet row = read.executeQuery()) {
                    return row.next()
                            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public void tick(Instant at) {
        sql(() -> {
            try (PreparedStatement write = connection.prepareStatement(TICK)) {
                write.setInt(1, partition);
                write.setObject(2, at.atOffset(UTC));
                return write.executeUpdate();
            }
        });
    }

    @Override
    public List<String> due(Instant now, int most) {
        return sql(() -> {
            try (PreparedStatement read = connection.prepareStatement(DUE)) {
                read.setInt(1, partition);
                read.setObject(2, now.atOffset(UTC));
                read.setInt(3, most);
                List<String> due = new ArrayList<>();
                try (ResultSet rows = read.executeQuery()) {
                    while (rows.next()) {
                        due.add(rows.getString(1));
                    }
                }
                return due;
            }
        });
    }

    @Override
    public void tell(Collection<AccountFacts> facts) {
        if (facts.isEmpty()) {
            return;
        }
        sql(() -> {
            try (PreparedStatement write = connection.prepareStatement(TELL)) {
                write.setInt(1, partition);
                write.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                facts.stream().map(AccountFacts::account).toArray()));
                write.setArray(
                        3,
                        connection.createArrayOf(
                                "text", facts.stream().map(SqlBooks::json).toArray()));
                return write.executeUpdate();
            }
        });
    }

    @Override
    public void count(List<Pinged> pings, List<Used> events) {
        sql(() -> {
            SqlPings instances = new SqlPings(connection);
            List<Pinged> production =
                    pings.stream().filter(pinged -> pinged.ping().production()).toList();
            Set<InstanceKey> unheardOf = production.isEmpty() ? Set.of() : instances.unheardOf(production);
            instances.count(production);
            new SqlActivity(connection).count(events);
            new SqlFeatures(connection).note(production, events, unheardOf);
            return production;
        });
    }

    @Override
    public Map<String, AccountBook> open(Set<String> accounts, Instant now) {
        return sql(() -> {
            Map<String, UsageCounts> counts = new SqlCounts(connection, accounts, now).read();
            Map<String, List<FirstUse>> firstUses = new SqlFeatures(connection).untold(accounts);
            // Sorted, so that decisions made together come in an order that a replay repeats.
            Map<String, AccountBook> books = new TreeMap<>();
            try (PreparedStatement read = connection.prepareStatement(OPEN)) {
                read.setArray(1, connection.createArrayOf("text", accounts.toArray()));
                try (ResultSet rows = read.executeQuery()) {
                    while (rows.next()) {
                        String account = rows.getString(1);
                        books.put(
                                account,
                                new AccountBook(
                                        Objects.requireNonNull(parse(rows.getString(2), AccountFacts.class)),
                                        Objects.requireNonNullElse(
                                                parse(rows.getString(3), Journey.class), Journey.NONE),
                                        counts.getOrDefault(account, UsageCounts.NONE),
                                        firstUses.getOrDefault(account, List.of()),
                                        parse(rows.getString(4), UsageSummary.class)));
                    }
                }
            }
            opened.putAll(books);
            return books;
        });
    }

    @Override
    public void postpone(Set<String> accounts) {
        sql(() -> {
            try (PreparedStatement write = connection.prepareStatement(POSTPONE)) {
                write.setArray(1, connection.createArrayOf("text", accounts.toArray()));
                return write.executeUpdate();
            }
        });
    }

    @Override
    public void close(Map<String, Decisions> decisions, Instant now) {
        if (decisions.isEmpty()) {
            return;
        }
        sql(() -> {
            List<Event<?>> events = new ArrayList<>();
            Map<String, @Nullable UsageSummary> summaries = new HashMap<>();
            decisions.forEach((account, decided) -> {
                events.addAll(decided.events());
                summaries.put(account, summary(account, decided, now, events));
            });
            keep(decisions, summaries);
            record(events);
            Outbox.addAll(connection, events);
            new SqlFeatures(connection).tell(decisions.keySet());
            return events;
        });
    }

    /**
     * Tells the usage when it changed. Numbers of running periods change with every user; they are told at most once a tick,
     * those that decide at once.
     */
    private @Nullable UsageSummary summary(String account, Decisions decided, Instant now, List<Event<?>> events) {
        UsageSummary before = Objects.requireNonNull(opened.get(account)).summary();
        UsageSummary after = decided.figures().summary(account, now);
        if (isSame(before, after)) {
            return before;
        }
        String figures = after.utilization() + " " + after.usage() + " " + after.mau() + " " + after.seats();
        String id = DecisionId.of("usage-summary", account, now, figures);
        events.add(Event.of(id, EventType.USAGE_SUMMARY, SOURCE, account, now, null, after));
        return after;
    }

    private static boolean isSame(@Nullable UsageSummary before, UsageSummary after) {
        if (before == null) {
            return after.source() == null && after.seats() == null;
        }
        boolean decidingSame = Objects.equals(before.month(), after.month())
                && Objects.equals(before.mau(), after.mau())
                && Objects.equals(before.seats(), after.seats())
                && Objects.equals(before.dauMean28(), after.dauMean28())
                && Objects.equals(before.source(), after.source());
        return decidingSame
                && (before.current().equals(after.current()) || before.asOf().equals(after.asOf()));
    }

    private void keep(Map<String, Decisions> decisions, Map<String, @Nullable UsageSummary> summaries)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(CLOSE)) {
            SqlColumns.of(connection, write, decisions.entrySet())
                    .column("text", Map.Entry::getKey)
                    .column("text", account -> stageOf(account.getValue()))
                    .column("text", account -> json(account.getValue().journey()))
                    .column("text", account -> jsonOrNull(summaries.get(account.getKey())))
                    .column(
                            "text",
                            account -> account.getValue()
                                    .nextDue()
                                    .map(Instant::toString)
                                    .orElse(null));
            write.executeUpdate();
        }
    }

    private static @Nullable String stageOf(Decisions decided) {
        return decided.journey().stage() == null
                ? null
                : decided.journey().stage().wireName();
    }

    private void record(List<Event<?>> events) throws SQLException {
        List<Event<?>> decisions = events.stream()
                .filter(event -> event.type() != EventType.USAGE_SUMMARY)
                .toList();
        if (decisions.isEmpty()) {
            return;
        }
        try (PreparedStatement write = connection.prepareStatement(DECIDE)) {
            SqlColumns.of(connection, write, decisions)
                    .column("text", Event::id)
                    .column("text", Event::account)
                    .column("text", event -> event.time().toString())
                    .column("text", event -> event.type().wireName())
                    .column("text", event -> new String(EventCodec.value(event.data()), StandardCharsets.UTF_8))
                    .column("text", Event::causationId);
            write.executeUpdate();
        }
    }

    private static @Nullable String jsonOrNull(@Nullable Object value) {
        return value == null ? null : json(value);
    }

    private static String json(Object value) {
        try {
            return EventCodec.json().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    private static <T> @Nullable T parse(@Nullable String json, Class<T> type) {
        try {
            return json == null ? null : EventCodec.json().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored " + type.getSimpleName() + " cannot be read: " + json, e);
        }
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    /** The use case knows no SQL: what the database refuses rolls the whole batch back, whoever asked. */
    private static <T> T sql(Query<T> query) {
        try {
            return query.run();
        } catch (SQLException e) {
            throw new SqlBooksException(e);
        }
    }
}
