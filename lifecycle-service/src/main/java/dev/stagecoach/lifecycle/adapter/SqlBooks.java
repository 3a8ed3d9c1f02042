package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.events.exactlyonce.Outbox;
import dev.stagecoach.lifecycle.AccountBook;
import dev.stagecoach.lifecycle.AccountBook.State;
import dev.stagecoach.lifecycle.Books;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.lifecycle.Happening.FactsTold;
import dev.stagecoach.lifecycle.Happening.Pinged;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.journey.FirstUse;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.traces.BatchSteps;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The books of one partition in PostgreSQL, within the transaction that moves the offsets. They are opened together before
 * anything is entered, and {@linkplain #keep kept} together afterwards, those of all partitions of a batch at once, so that it takes as
 * many statements as there are tables, however many records it has.
 */
final class SqlBooks implements Books {
    private static final Logger LOG = LoggerFactory.getLogger(SqlBooks.class);

    private static final String CLOCK = "select at, policy from partition_clock where partition = ?";
    private static final String TICK = """
            insert into partition_clock (partition, at, policy) values (?, ?, ?)
            on conflict (partition) do update set at = excluded.at, policy = excluded.policy
            """;
    private static final String LOOK_AT_ALL =
            "update journey set next_due = 'epoch' where partition = ? and facts is not null";

    private static final String DUE =
            "select account from journey where partition = ? and next_due <= ? order by next_due, account limit ?";
    private static final String EARLIEST_DUE = "select min(next_due) from journey where partition = ? and next_due > ?";
    private static final String READ = """
            select account, facts, state, summary, summaries, recapped, next_due, problem from journey
            where account = any (?)
            """;
    private static final String TELL = """
            insert into journey (account, partition, facts)
            select account, partition, facts from unnest(?::text[], ?::int[], ?::jsonb[]) as told (account, partition, facts)
            on conflict (account) do update set facts = excluded.facts, partition = excluded.partition
            """;
    private static final String STAND = """
            update journey set stage = now.stage, state = now.state, summary = now.summary, summaries = now.summaries,
                recapped = now.recapped, next_due = now.next_due, problem = now.problem
            from unnest(?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::int[], ?::date[], ?::timestamptz[], ?::text[])
                as now (account, stage, state, summary, summaries, recapped, next_due, problem)
            where journey.account = now.account
            """;
    private static final String DECIDE = """
            insert into decision (id, account, at, type, data, cause, cause_topic, cause_partition, cause_offset)
            select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::jsonb[], ?::text[], ?::text[],
                ?::int[], ?::bigint[])
            on conflict (id) do nothing
            """;

    private static final Comparator<AccountBook> BY_DUE = Comparator.comparing(
                    (AccountBook book) -> Objects.requireNonNull(book.state().nextDue()))
            .thenComparing(AccountBook::account);

    private final Connection connection;
    private final int partition;
    private final Shelf shelf;
    private final BatchSteps steps;
    private final Map<String, AccountBook> open = new LinkedHashMap<>();
    /** Of them, those that are open because their time has come and for nothing else. */
    private final List<AccountBook> openedByTick = new ArrayList<>();

    private final List<Decision> decisions = new ArrayList<>();
    private final EventTotals events = new EventTotals();
    private final DecisionTotals totals = new DecisionTotals();
    private boolean hasTicked;

    SqlBooks(Connection connection, int partition, Shelf shelf, BatchSteps steps) {
        this.steps = steps;
        this.connection = connection;
        this.partition = partition;
        this.shelf = shelf;
    }

    private record Decision(Event<?> event, Cause cause) {}

    @Override
    public Optional<Instant> now() {
        if (shelf.now == null) {
            sql(this::readClock);
        }
        return Optional.ofNullable(shelf.now);
    }

    private boolean readClock() throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(CLOCK)) {
            read.setInt(1, partition);
            try (ResultSet row = read.executeQuery()) {
                boolean hasTickedBefore = row.next();
                if (hasTickedBefore) {
                    shelf.now = SqlRows.instantOf(row, 1);
                    shelf.policy = row.getString(2);
                }
                return hasTickedBefore;
            }
        }
    }

    @Override
    public void tick(Instant at, String policyVersion) {
        if (!policyVersion.equals(shelf.policy)) {
            takeUp(policyVersion);
        }
        shelf.now = at;
        hasTicked = true;
    }

    /** When an account is due was worked out with the numbers of the policy before. */
    private void takeUp(String policyVersion) {
        int accounts = sql(this::lookAtAll);
        // What the batch has told is not in the tables yet.
        open.values().stream().filter(book -> book.facts() != null).forEach(book -> book.dueAt(Instant.EPOCH));
        if (shelf.policy != null) {
            LOG.info(
                    "partition {}: policy {} decides from now on (before: {}); all {} accounts are looked at",
                    partition,
                    policyVersion,
                    shelf.policy,
                    accounts);
        }
        shelf.policy = policyVersion;
        shelf.earliestDue = null;
    }

    private int lookAtAll() throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(LOOK_AT_ALL)) {
            update.setInt(1, partition);
            return update.executeUpdate();
        }
    }

    /** Opens the books of all accounts that something happened to, with what counting it will need. */
    void open(List<Happening> happenings) {
        sql(() -> {
            Map<String, AccountBook> missing = new HashMap<>();
            for (Happening happening : happenings) {
                String account = accountOf(happening);
                if (account != null && !open.containsKey(account)) {
                    takeOrMiss(account, missing);
                }
            }
            read(missing);
            readUsers(happenings);
            return open;
        });
    }

    private static @Nullable String accountOf(Happening happening) {
        if (happening instanceof Used used) {
            return used.account();
        }
        if (happening instanceof Pinged pinged) {
            return pinged.ping().account();
        }
        return happening instanceof FactsTold told ? told.facts().account() : null;
    }

    private void takeOrMiss(String account, Map<String, AccountBook> missing) {
        AccountBook remembered = shelf.take(account);
        AccountBook book = remembered == null ? new AccountBook(account) : remembered;
        open.put(account, book);
        if (remembered == null) {
            missing.put(account, book);
        }
    }

    private void read(Map<String, AccountBook> missing) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        YearMonth from = now().map(AccountBook::lookingBackTo).orElse(YearMonth.of(1970, 1));
        readStates(missing);
        new SqlFeatures(connection).read(missing);
        new SqlInstances(connection).read(missing, from);
        new SqlEvents(connection).read(missing, from);
    }

    private void readStates(Map<String, AccountBook> missing) throws SQLException {
        SqlRows.ofAccounts(connection, READ, missing.keySet(), (account, row) -> {
            LocalDate recapped = row.getObject(6, LocalDate.class);
            State state = new State(
                    Objects.requireNonNullElse(parse(row.getString(3), Journey.class), Journey.NONE),
                    parse(row.getString(4), UsageSummary.class),
                    row.getInt(5),
                    recapped == null ? null : YearMonth.from(recapped),
                    SqlRows.instant(row, 7),
                    row.getString(8));
            AccountBook book = missing.get(account);
            if (book != null) {
                book.recall(parse(row.getString(2), AccountFacts.class), state);
            }
        });
    }

    /** To look at an account takes no more than the numbers of its users; to count for it takes their names. */
    private void readUsers(List<Happening> happenings) throws SQLException {
        Map<String, AccountBook> nameless = new HashMap<>();
        Map<AccountBook, Long> tooEarly = new HashMap<>();
        for (Happening happening : happenings) {
            if (happening instanceof Used used) {
                AccountBook book = of(used.account());
                if (!book.events().usersAreKnown()) {
                    nameless.put(book.account(), book);
                }
                if (!book.events().covers(used.epochDay())) {
                    tooEarly.merge(book, used.epochDay(), Math::min);
                }
            }
        }
        SqlEvents events = new SqlEvents(connection);
        if (!nameless.isEmpty()) {
            events.readUsers(nameless);
        }
        for (Map.Entry<AccountBook, Long> late : tooEarly.entrySet()) {
            events.readBack(late.getKey(), YearMonth.from(LocalDate.ofEpochDay(late.getValue())));
        }
    }

    @Override
    public boolean isNew(Used used) {
        Receipts.Finding finding = receipts().find(used.account(), used.record().id(), used.receiptDay());
        events.add(finding);
        return finding != Receipts.Finding.REPEATED;
    }

    /** Read within the transaction that holds the offsets, when no other owner can add to them. */
    private Receipts receipts() {
        Receipts known = shelf.receipts;
        if (known == null) {
            known = sql(() -> new SqlReceipts(connection).read(partition, shelf.repeatWindowDays));
            shelf.receipts = known;
        }
        return known;
    }

    /** What became of the events of the batch. */
    EventTotals events() {
        return events;
    }

    /** What was decided in the batch. */
    DecisionTotals decisions() {
        return totals;
    }

    @Override
    public AccountBook of(String account) {
        AccountBook book = open.get(account);
        if (book == null) {
            throw new IllegalStateException(account + ": its book is not open");
        }
        return book;
    }

    @Override
    public List<AccountBook> due(Instant now, int most) {
        if (openedByTick.size() >= most) {
            sql(this::letGoOfPage);
        }
        List<AccountBook> due = new ArrayList<>();
        for (AccountBook book : open.values()) {
            if (book.isDue(now)) {
                due.add(book);
            }
        }
        Instant earliest = shelf.earliestDue;
        if (earliest == null || !earliest.isAfter(now)) {
            due.addAll(sql(() -> openKeptDue(now, most)));
        }
        due.sort(BY_DUE);
        return due.size() > most ? due.subList(0, most) : due;
    }

    /** Those that the tables alone say are due. What they say of an open one may have been overtaken by this batch. */
    private List<AccountBook> openKeptDue(Instant now, int most) throws SQLException {
        Map<String, AccountBook> missing = new HashMap<>();
        List<AccountBook> kept = new ArrayList<>();
        for (String account : readDue(now, most + open.size())) {
            AccountBook book = open.get(account);
            if (book == null && kept.size() < most) {
                takeOrMiss(account, missing);
                openedByTick.add(of(account));
                kept.add(of(account));
            } else if (book != null && !book.isStateNew() && !book.isDue(now)) {
                kept.add(book);
            }
        }
        if (kept.isEmpty()) {
            shelf.earliestDue = readEarliestDue(now);
        }
        read(missing);
        // Somebody else made the row due: unless the book says so too, and is written again, it would be found for
        // ever.
        kept.stream().filter(book -> !book.isDue(now)).forEach(book -> book.dueAt(now));
        return kept;
    }

    /** However many accounts are due at once, a page of books is open and no more. */
    private boolean letGoOfPage() throws SQLException {
        keepStates(connection, List.of(this));
        keepCounts(connection, openedByTick);
        keepDecisions(connection, decisions);
        decisions.clear();
        openedByTick.forEach(book -> open.remove(book.account()));
        putBack(openedByTick);
        openedByTick.clear();
        return true;
    }

    private List<String> readDue(Instant now, int most) throws SQLException {
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
    }

    private Instant readEarliestDue(Instant after) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(EARLIEST_DUE)) {
            read.setInt(1, partition);
            read.setObject(2, after.atOffset(UTC));
            try (ResultSet row = read.executeQuery()) {
                row.next();
                OffsetDateTime earliest = row.getObject(1, OffsetDateTime.class);
                return earliest == null ? Instant.MAX : earliest.toInstant();
            }
        }
    }

    @Override
    public void decided(List<Event<?>> events, Cause cause, List<FirstUse> firstUses) {
        String trace = events.isEmpty() || cause.traceParent() == null
                ? null
                : steps.takeUp("decide", cause.traceParent(), events.get(0).account(), cause.id());
        for (Event<?> event : events) {
            decisions.add(new Decision(event.partOf(trace), causeOf(event, cause, firstUses)));
        }
        totals.add(events, cause.receivedAt());
    }

    private static Cause causeOf(Event<?> event, Cause cause, List<FirstUse> firstUses) {
        for (FirstUse use : firstUses) {
            if (use.causedBy().id().equals(event.causationId())) {
                return use.causedBy();
            }
        }
        return cause;
    }

    /** Writes what was entered and decided in the books of some partitions. */
    static void keep(Connection connection, Collection<SqlBooks> partitions) {
        sql(() -> {
            keepStates(connection, partitions);
            List<AccountBook> books = new ArrayList<>();
            List<Decision> decisions = new ArrayList<>();
            List<SqlReceipts.OfPartition> receipts = new ArrayList<>();
            for (SqlBooks partition : partitions) {
                books.addAll(partition.open.values());
                decisions.addAll(partition.decisions);
                partition.writeNow();
                if (partition.shelf.receipts != null) {
                    receipts.add(new SqlReceipts.OfPartition(partition.partition, partition.shelf.receipts));
                }
            }
            keepCounts(connection, books);
            new SqlReceipts(connection).write(receipts);
            keepDecisions(connection, decisions);
            return books;
        });
        partitions.forEach(partition -> partition.putBack(partition.open.values()));
    }

    private static void keepCounts(Connection connection, Collection<AccountBook> books) throws SQLException {
        new SqlInstances(connection).write(books);
        new SqlEvents(connection).write(books);
        new SqlFeatures(connection).write(books);
        new SqlHealth(connection).write(books);
    }

    private static void keepDecisions(Connection connection, List<Decision> decisions) throws SQLException {
        record(connection, decisions);
        Outbox.addAll(connection, decisions.stream().map(Decision::event).toList());
    }

    private void putBack(Collection<AccountBook> books) {
        Optional<YearMonth> from = now().map(AccountBook::lookingBackTo);
        for (AccountBook book : books) {
            book.settled();
            from.ifPresent(book.events()::letGoBefore);
        }
        shelf.putBack(books);
    }

    private void writeNow() throws SQLException {
        if (!hasTicked) {
            return;
        }
        try (PreparedStatement write = connection.prepareStatement(TICK)) {
            write.setInt(1, partition);
            write.setObject(2, Objects.requireNonNull(shelf.now).atOffset(UTC));
            write.setString(3, shelf.policy);
            write.executeUpdate();
        }
    }

    private record Entry(int partition, AccountBook book) {
        State state() {
            return book.state();
        }
    }

    private static void keepStates(Connection connection, Collection<SqlBooks> partitions) throws SQLException {
        List<Entry> told = new ArrayList<>();
        List<Entry> standing = new ArrayList<>();
        for (SqlBooks partition : partitions) {
            for (AccountBook book : partition.open.values()) {
                if (book.areFactsNew()) {
                    told.add(new Entry(partition.partition, book));
                }
                if (book.isStateNew()) {
                    standing.add(new Entry(partition.partition, book));
                    partition.shelf.mayBeDue(book.state().nextDue());
                }
            }
        }
        SqlColumns.execute(
                connection,
                TELL,
                told,
                columns -> columns.column("text", entry -> entry.book().account())
                        .column("int", Entry::partition)
                        .column(
                                "text",
                                entry ->
                                        json(Objects.requireNonNull(entry.book().facts()))));
        SqlColumns.execute(
                connection,
                STAND,
                standing,
                columns -> columns.column("text", entry -> entry.book().account())
                        .column("text", entry -> stageOf(entry.state().journey()))
                        .column("text", entry -> json(entry.state().journey()))
                        .column("text", entry -> jsonOrNull(entry.state().summary()))
                        .column("int", entry -> entry.state().summaries())
                        .column("date", entry -> firstDay(entry.state().recapped()))
                        .column("timestamptz", entry -> text(entry.state().nextDue()))
                        .column("text", entry -> storable(entry.state().problem())));
        told.forEach(entry -> entry.book().factsAreKept());
        standing.forEach(entry -> entry.book().stateIsKept());
    }

    private static @Nullable String stageOf(Journey journey) {
        return journey.stage() == null ? null : journey.stage().wireName();
    }

    /** The message of a failure may quote what was told, and PostgreSQL takes no U+0000. */
    private static @Nullable String storable(@Nullable String problem) {
        return problem == null ? null : problem.replace('\0', '?');
    }

    private static @Nullable LocalDate firstDay(@Nullable YearMonth month) {
        return month == null ? null : month.atDay(1);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static void record(Connection connection, List<Decision> decisions) throws SQLException {
        List<Decision> lasting = decisions.stream()
                .filter(decision -> decision.event().type() != EventType.USAGE_SUMMARY)
                .toList();
        SqlColumns.execute(
                connection,
                DECIDE,
                lasting,
                columns -> columns.column("text", row -> row.event().id())
                        .column("text", row -> row.event().account())
                        .column("text", row -> row.event().time().toString())
                        .column("text", row -> row.event().type().wireName())
                        .column(
                                "text",
                                row -> new String(EventCodec.value(row.event().data()), StandardCharsets.UTF_8))
                        .column("text", row -> row.event().causationId())
                        .column("text", row -> row.cause().topic())
                        .column("int", row -> row.cause().partition())
                        .column("bigint", row -> row.cause().offset()));
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
