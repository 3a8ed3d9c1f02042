package dev.stagecoach.lifecycle.adapter;

import static dev.stagecoach.lifecycle.Fixtures.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happened;
import dev.stagecoach.lifecycle.InMemoryBooks;
import dev.stagecoach.lifecycle.LifecycleConfig;
import dev.stagecoach.lifecycle.Years;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.traces.Traces;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes again is counted once, whoever owns the partition, and whatever was rolled back. The window here is of two days. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class EventsCountOnceTest {
    /** Of no topic: the running service leaves it alone. */
    private static final int PARTITION = 95;

    private static final int WINDOW = InMemoryBooks.REPEAT_WINDOW_DAYS;
    private static final Instant MONDAY = Instant.parse("2025-03-03T12:00:00Z");

    @Inject
    AgroalDataSource database;

    @Inject
    LifecycleConfig config;

    @Inject
    Policy policy;

    @InjectPlatform
    Platform platform;

    private final EventMetrics metrics = new EventMetrics();
    private Connection connection;
    private AccountBatches owner;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(2));
    }

    @BeforeEach
    void oneTransaction() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
        owner = owner();
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
    }

    @Test
    void twiceInABatch() throws SQLException {
        // When
        handle(owner, used("e1", MONDAY), used("e2", MONDAY), used("e1", MONDAY));

        // Then
        assertThat(totals()).isEqualTo("2 events, 2 of search, 1 users");
    }

    @Test
    void inAnotherBatch() throws SQLException {
        // Given
        handle(owner, used("e1", MONDAY));

        // When
        handle(owner, used("e1", MONDAY.plusSeconds(3_600)), used("e2", MONDAY));

        // Then
        assertThat(totals()).isEqualTo("2 events, 2 of search, 1 users");
    }

    @Test
    void afterARestart() throws SQLException {
        // Given
        handle(owner, used("e1", MONDAY));

        // When
        handle(owner(), used("e1", MONDAY.plusSeconds(3_600)));

        // Then
        assertThat(totals()).isEqualTo("1 events, 1 of search, 1 users");
    }

    @Test
    void whenThePartitionHasBeenWithAnotherOwnerAndIsBack() throws SQLException {
        // Given
        handle(owner, used("e1", MONDAY));
        owner.revoked(Set.of(PARTITION));
        AccountBatches other = owner();
        handle(other, used("e1", MONDAY), used("e2", MONDAY));
        other.revoked(Set.of(PARTITION));

        // When
        owner.assigned(Set.of(PARTITION));
        handle(owner, used("e2", MONDAY), used("e1", MONDAY), used("e3", MONDAY));

        // Then
        assertThat(totals()).isEqualTo("3 events, 3 of search, 1 users");
    }

    @Test
    void afterATransactionThatWasRolledBack() throws SQLException {
        // Given
        handle(owner, used("e1", MONDAY));
        Savepoint before = connection.setSavepoint();
        owner.handle(connection, List.of(used("e2", MONDAY)));
        connection.rollback(before);
        owner.revoked(Set.of(PARTITION));

        // When
        owner.assigned(Set.of(PARTITION));
        handle(owner, used("e2", MONDAY), used("e1", MONDAY));

        // Then
        assertThat(totals()).isEqualTo("2 events, 2 of search, 1 users");
        assertThat(count("counted")).isEqualTo(2);
        assertThat(count("repeated")).isEqualTo(1);
    }

    /** Four members share three partition numbers then, and each number that a member gets is read back by it. */
    @Test
    void whileAnotherReplicaComesAndGoes() throws SQLException {
        // Given
        Instant at = Years.begin().atTime(12, 0).toInstant(ZoneOffset.UTC);
        List<String> accounts =
                IntStream.range(0, 12).mapToObj(n -> "rebalanced-" + n).toList();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        KafkaAccountLog second = new KafkaAccountLog(
                config, policy, database, Traces.OFF, Map.of("bootstrap.servers", platform.bootstrapServers()));
        try (KafkaProducer<String, byte[]> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            send(kafka, accounts, "e1", "first", at);
            await().until(() -> accountsWith("first") == accounts.size());

            // When each event comes again, while there are two and when one is left
            second.start(new StartupEvent(), meters);
            await().until(() -> second.problem().isEmpty());
            send(kafka, accounts, "e1", "again", at);
            send(kafka, accounts, "e2", "second", at);
            await().until(() -> accountsWith("second") == accounts.size());
            second.stop(new ShutdownEvent());
            send(kafka, accounts, "e1", "again", at);
            send(kafka, accounts, "e2", "again", at);
            send(kafka, accounts, "e3", "third", at);
            await().until(() -> accountsWith("third") == accounts.size());
        }

        // Then
        assertThat(accountsWith("again")).isZero();
        assertThat(text("select sum(events) from event_day where account like 'rebalanced-%'"))
                .isEqualTo("36");
        assertThat(meters.get("stagecoach.lifecycle.events.repeated")
                        .functionCounter()
                        .count())
                .as("what the other replica found repeated")
                .isPositive();
    }

    private void send(
            KafkaProducer<String, byte[]> kafka, List<String> accounts, String id, String feature, Instant at) {
        for (String account : accounts) {
            UsageEvent use = new UsageEvent(id, account, null, "u1", feature, feature, null, at, at, null);
            Event<UsageEvent> event = Event.of(id, EventType.USAGE_EVENT, "/test", account, at, null, use);
            assertThat(kafka.send(EventCodec.toRecord(event))).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private int accountsWith(String feature) throws SQLException {
        return Integer.parseInt(text(
                "select count(*) from event_day where account like 'rebalanced-%' and features ? '" + feature + "'"));
    }

    @Test
    void theSameTextAtTwoAccountsIsTwoEvents() throws SQLException {
        // When
        handle(
                owner,
                used("e1", MONDAY),
                incoming("once", "e1", MONDAY, MONDAY),
                incoming("once-acme" + "e", "1", MONDAY, MONDAY));

        // Then
        assertThat(text("select sum(events) from event_day where account like 'once%'"))
                .isEqualTo("3");
    }

    @Test
    void upToTheLastInstantOfTheWindow() throws SQLException {
        // Given the first and the last instant of a day
        Instant first = Instant.parse("2025-03-03T00:00:00Z");
        Instant last = Instant.parse("2025-03-03T23:59:59.999Z");
        handle(owner, used("first", first), used("last", last));

        // When both come at the end of the second day after it, and at the beginning of the third
        Instant inTime = Instant.parse("2025-03-05T23:59:59.999Z");
        handle(owner(), received("first", inTime), received("last", inTime));
        String within = totals();
        Instant tooLate = Instant.parse("2025-03-06T00:00:00Z");
        handle(owner(), received("first", tooLate), received("last", tooLate));

        // Then
        assertThat(within).isEqualTo("2 events, 2 of search, 1 users");
        assertThat(totals()).isEqualTo("4 events, 4 of search, 1 users");
        assertThat(text("select min(day) from event_receipt where partition = " + PARTITION))
                .isEqualTo("2025-03-06");
    }

    @Test
    void theWindowOfAnEventIsNotProlongedByItsRepetition() throws SQLException {
        // Given
        handle(owner, used("e1", MONDAY), received("e1", onDay(2)));

        // When
        handle(owner, received("e1", onDay(3)));

        // Then
        assertThat(totals()).isEqualTo("2 events, 2 of search, 1 users");
    }

    @Test
    void receiptsOutOfOrderAreRecognised() throws SQLException {
        // When one that was received before midnight is written after one of after it
        handle(owner, received("e1", onDay(1)), received("e1", onDay(0)), received("e2", onDay(0)));
        handle(owner(), received("e2", onDay(1)));

        // Then
        assertThat(totals()).isEqualTo("2 events, 2 of search, 1 users");
    }

    @Test
    void whatWasReceivedBeforeTheWindowCountsAndSaysSo() throws SQLException {
        // Given
        handle(owner, received("e1", onDay(3)));

        // When
        handle(owner, received("e2", onDay(0)), received("e2", onDay(0)), received("e1", onDay(3)));

        // Then
        assertThat(totals()).isEqualTo("3 events, 3 of search, 1 users");
        assertThat(count("counted")).isEqualTo(3);
        assertThat(count("unchecked")).isEqualTo(2);
        assertThat(count("repeated")).isEqualTo(1);
    }

    @Test
    void manySmallBatchesBecomeFewRowsThatHoldAll() throws SQLException {
        // Given
        int batches = 32 * 32 + 32 + 5;
        Receipts receipts = new Receipts(WINDOW);
        for (int n = 0; n < batches; n++) {
            receipts.find("acme", "e" + n, 20_000);
            keep(receipts);
        }

        // When
        Receipts again = new SqlReceipts(connection).read(PARTITION, WINDOW);

        // Then a row of 1,024 batches, one of 32, and five
        assertThat(text("select string_agg(octet_length(ids) / 8 || ' at ' || level, ', ' order by level desc, seq)"
                        + " from event_receipt where partition = " + PARTITION))
                .isEqualTo("1024 at 2, 32 at 1, 1 at 0, 1 at 0, 1 at 0, 1 at 0, 1 at 0");
        assertThat(again.days())
                .singleElement()
                .satisfies(day -> assertThat(day.rows()).containsExactly(5, 1, 1));
        assertThat(IntStream.range(0, batches).mapToObj(n -> again.find("acme", "e" + n, 20_001)))
                .containsOnly(Receipts.Finding.REPEATED);
        assertThat(again.find("acme", "e" + batches, 20_001)).isEqualTo(Receipts.Finding.NEW);
    }

    @Test
    void rowsThatAreLargeAreMergedNoMore() throws SQLException {
        // Given rows of 2,000 events, of which 32 are 512 kB
        Receipts receipts = new Receipts(WINDOW);
        for (int n = 0; n < 64; n++) {
            for (int event = 0; event < 2_000; event++) {
                receipts.find("acme", n + "-" + event, 20_000);
            }
            // When
            keep(receipts);
        }

        // Then
        assertThat(text("select string_agg(octet_length(ids) || ' at ' || level, ', ' order by seq)"
                        + " from event_receipt where partition = " + PARTITION))
                .isEqualTo("512000 at 2, 512000 at 2");
    }

    @Test
    void aSmallerWindowForgetsWhatALargerOneKept() throws SQLException {
        // Given
        Receipts large = new Receipts(5);
        large.find("acme", "e1", 20_000);
        large.find("acme", "e2", 20_005);
        keep(large);

        // When
        Receipts small = new SqlReceipts(connection).read(PARTITION, 1);
        small.find("acme", "e3", 20_006);
        keep(small);

        // Then
        assertThat(small.days()).extracting(Receipts.Day::epochDay).containsExactly(20_005L, 20_006L);
        assertThat(text("select string_agg(day - date '1970-01-01' || '', ' ' order by day)"
                        + " from event_receipt where partition = " + PARTITION))
                .isEqualTo("20005 20006");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readingTheLogAgainInOtherBatchesCountsTheSame(long seed) throws SQLException {
        // Given a log with repetitions, some of them too late to be recognised, read by owners that come and go
        Random random = new Random(seed);
        List<KafkaAccountLog.Incoming> log = new ArrayList<>();
        InMemoryBooks expected = new InMemoryBooks();
        for (int n = 0; n < 2_000; n++) {
            Instant receivedAt = onDay(0).plusSeconds(n * 300L - random.nextInt(7) * 43_200L);
            KafkaAccountLog.Incoming one =
                    incoming("once-" + random.nextInt(3), "e" + (n - random.nextInt(900)), receivedAt, receivedAt);
            log.add(one);
            new FollowAccounts(POLICY).follow(expected, List.of(one.happening()));
        }
        readInBatches(log, random);
        List<String> first = rows();

        // When
        execute("delete from event_receipt where partition = " + PARTITION);
        for (String table : List.of("event_day", "event_month", "user_day", "account_user", "feature", "journey")) {
            execute("delete from " + table + " where account like 'once-%'");
        }
        readInBatches(log, random);

        // Then
        assertThat(rows()).as("seed %d", seed).isEqualTo(first).isEqualTo(rowsOf(expected));
        assertThat(count("repeated")).as("seed %d", seed).isPositive();
        assertThat(count("unchecked")).as("seed %d", seed).isPositive();
        assertThat(count("counted") + count("repeated")).isEqualTo(2 * log.size());
    }

    private void readInBatches(List<KafkaAccountLog.Incoming> log, Random random) throws SQLException {
        AccountBatches reader = owner();
        for (int from = 0; from < log.size(); ) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(40));
            if (random.nextInt(20) == 0) {
                reader = owner();
            }
            handle(reader, log.subList(from, to).toArray(KafkaAccountLog.Incoming[]::new));
            from = to;
        }
    }

    private List<String> rows() throws SQLException {
        return List.of(text("select string_agg(concat_ws(' ', account, day, users, events, features->>'search'), ', '"
                        + " order by account, day) from event_day where account like 'once-%'")
                .split(", "));
    }

    private static List<String> rowsOf(InMemoryBooks books) {
        List<String> rows = new ArrayList<>();
        for (String account : List.of("once-0", "once-1", "once-2")) {
            books.of(account)
                    .events()
                    .daysOf(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31))
                    .forEach(day -> rows.add(String.join(
                            " ",
                            account,
                            day.date().toString(),
                            String.valueOf(day.count()),
                            String.valueOf(day.events()),
                            String.valueOf(day.features().get("search")))));
        }
        return rows;
    }

    private AccountBatches owner() {
        AccountBatches batches = new AccountBatches(
                new FollowAccounts(POLICY), 1_000, WINDOW, metrics, new DecisionMetrics(), Traces.OFF);
        batches.assigned(Set.of(PARTITION));
        return batches;
    }

    private void handle(AccountBatches by, KafkaAccountLog.Incoming... batch) {
        by.handle(connection, List.of(batch));
        by.committed();
    }

    private void keep(Receipts receipts) throws SQLException {
        new SqlReceipts(connection).write(List.of(new SqlReceipts.OfPartition(PARTITION, receipts)));
    }

    private static Instant onDay(int n) {
        return MONDAY.plusSeconds(n * 86_400L);
    }

    private static KafkaAccountLog.Incoming used(String id, Instant at) {
        return incoming("once-acme", id, at, at);
    }

    /** Used on Monday, whenever it comes. */
    private static KafkaAccountLog.Incoming received(String id, Instant receivedAt) {
        return incoming("once-acme", id, MONDAY, receivedAt);
    }

    private static KafkaAccountLog.Incoming incoming(String account, String id, Instant at, Instant receivedAt) {
        return new KafkaAccountLog.Incoming(PARTITION, Happened.used(id, account, "u1", "search", at, receivedAt));
    }

    private double count(String counter) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        metrics.bindTo(registry);
        return registry.get("stagecoach.lifecycle.events." + counter)
                .functionCounter()
                .count();
    }

    private String totals() throws SQLException {
        return text("select format('%s events, %s of search, %s users', sum(events), sum((features->>'search')::int),"
                + " max(users)) from event_day where account = 'once-acme'");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
