package dev.stagecoach.bench;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * One tick among many accounts.
 *
 * @param accounts how many there are
 * @param due how many of them the tick is the time of
 * @param seconds until all was decided and committed
 * @param secondsToPublish until Kafka had the decisions
 * @param stageChanges how many came of it
 * @param rowsReadByIndex rows of {@code journey} read through an index
 * @param sequentialScans how often {@code journey} was read from end to end
 */
record TickRun(
        int accounts,
        int due,
        double seconds,
        double secondsToPublish,
        long stageChanges,
        long rowsReadByIndex,
        long sequentialScans) {

    private static final String DATABASE = "lifecycle_ticks";
    private static final String SOURCE = "/bench";
    private static final LocalDate DAY_59 = LocalDate.of(2026, 3, 11);
    private static final Instant NOON = DAY_59.atTime(12, 0).toInstant(ZoneOffset.UTC);
    private static final Instant DAY_60 =
            DAY_59.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Instant WARM_UP = DAY_60;
    private static final Instant MEASURED = DAY_60.plus(Duration.ofHours(1));

    /** PostgreSQL's sessions report what they did at the latest when they have been idle for ten seconds. */
    private static final Duration REPORTED_AFTER = Duration.ofSeconds(12);

    static TickRun measure(Bed bed, List<String> jvmOptions, int accounts, int due) {
        try (var books = new LifecycleBooks(bed, DATABASE);
                var log = new EventLog(bed.kafka())) {
            decideAboutOne(bed, jvmOptions, books, log);
            new ManyAccounts(books).fill(accounts, due, WARM_UP, MEASURED);
            return measure(bed, jvmOptions, books, log, accounts, due);
        }
    }

    private static void decideAboutOne(Bed bed, List<String> jvmOptions, LifecycleBooks books, EventLog log) {
        log.write(facts());
        log.write(usage());
        log.write(tick(NOON));
        log.flush();
        var service = start(bed, jvmOptions, books);
        try {
            awaitConsumed(bed, books, service);
            awaitPublished(books, service);
        } finally {
            service.stop();
        }
    }

    private static TickRun measure(
            Bed bed, List<String> jvmOptions, LifecycleBooks books, EventLog log, int accounts, int due) {
        var service = start(bed, jvmOptions, books);
        try {
            // Nobody's time: when it is through, the partitions are assigned.
            tick(bed, books, log, service, NOON.plusSeconds(1));
            tick(bed, books, log, service, WARM_UP);
            awaitPublished(books, service);
            long stages = stageChanges(bed);
            var before = Reads.settled(books);
            double seconds = tick(bed, books, log, service, MEASURED);
            var watch = new Stopwatch();
            awaitPublished(books, service);
            double toPublish = seconds + watch.seconds();
            var after = Reads.settled(books);
            return new TickRun(
                    accounts,
                    due,
                    seconds,
                    toPublish,
                    requireAll(due, stageChanges(bed) - stages),
                    after.byIndex() - before.byIndex(),
                    after.sequentialScans() - before.sequentialScans());
        } finally {
            service.stop();
        }
    }

    private static long requireAll(int due, long stageChanges) {
        if (stageChanges != due) {
            throw new Complaint("The tick was to change the stages of " + due + " accounts, and " + stageChanges
                    + " stage changes were published.");
        }
        return stageChanges;
    }

    private static Bed.Started start(Bed bed, List<String> jvmOptions, LifecycleBooks books) {
        var service =
                bed.start(Service.LIFECYCLE, jvmOptions, true, Map.of("quarkus.datasource.jdbc.url", books.jdbcUrl()));
        service.awaitReady();
        return service;
    }

    /** Seconds from Kafka's acknowledgement of the tick until its offsets are committed. */
    private static double tick(Bed bed, LifecycleBooks books, EventLog log, Bed.Started service, Instant at) {
        log.write(tick(at));
        log.flush();
        var watch = new Stopwatch();
        awaitConsumed(bed, books, service);
        return watch.seconds();
    }

    private static void awaitConsumed(Bed bed, LifecycleBooks books, Bed.Started service) {
        var ends = EventLog.ends(bed.kafka(), LifecycleService.TOPICS);
        CaughtUp.await(Service.LIFECYCLE.toString(), () -> {
            service.requireAlive();
            return books.hasConsumed(ends);
        });
    }

    private static void awaitPublished(LifecycleBooks books, Bed.Started service) {
        CaughtUp.await(Service.LIFECYCLE.toString(), () -> {
            service.requireAlive();
            return books.hasPublishedAll();
        });
    }

    private static long stageChanges(Bed bed) {
        return EventLog.ends(bed.kafka(), List.of(Topics.LIFECYCLE_STAGES)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private record Reads(long byIndex, long sequentialScans) {

        private static Reads now(LifecycleBooks books) {
            return new Reads(
                    books.number(
                            "select coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where relname = 'journey'"),
                    books.number("select seq_scan from pg_stat_user_tables where relname = 'journey'"));
        }

        /** When every session has reported what it read. */
        static Reads settled(LifecycleBooks books) {
            var last = new Object() {
                Reads reads = now(books);
                long since = System.nanoTime();
            };
            CaughtUp.await("PostgreSQL", () -> {
                var reads = now(books);
                if (!reads.equals(last.reads)) {
                    last.reads = reads;
                    last.since = System.nanoTime();
                }
                return System.nanoTime() - last.since > REPORTED_AFTER.toNanos();
            });
            return last.reads;
        }
    }

    private static Event<AccountFacts> facts() {
        var closedOn = DAY_59.minusDays(59);
        var facts = new AccountFacts(
                ManyAccounts.TEMPLATE,
                "Template",
                Segment.DIGITAL,
                List.of(Product.CODE_SEARCH),
                100,
                false,
                null,
                null,
                closedOn,
                closedOn.plusYears(2),
                null,
                ZoneId.of("UTC"),
                Owners.NONE,
                List.of(),
                null);
        return Event.of("facts", EventType.ACCOUNT_FACTS, SOURCE, facts.account(), NOON.minusSeconds(2), null, facts);
    }

    /** So that the account has rows in the tables of usage too. */
    private static Event<UsageEvent> usage() {
        var at = NOON.minusSeconds(1);
        var used = new UsageEvent(
                "usage", ManyAccounts.TEMPLATE, null, "user", "Feature Used", "search", "run", at, at, null);
        return Event.of("usage", EventType.USAGE_EVENT, SOURCE, used.account(), at, null, used);
    }

    private static Event<TimeTick> tick(Instant at) {
        return new Event<>(
                DecisionId.of("bench-tick", at),
                EventType.TIME_TICK,
                Topics.TIME_TICKS,
                SOURCE,
                null,
                at,
                null,
                new TimeTick(at));
    }
}
