package dev.stagecoach.bench;

import dev.stagecoach.bench.ConsoleBench.View;
import dev.stagecoach.bench.figures.Percentiles;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** alerts-service with real Kafka and PostgreSQL, and a portfolio that it was told. */
final class PortfolioWorld implements AutoCloseable {

    private static final String DATABASE = "alerts_bench";
    private static final long SEED = 7;
    private static final LocalDate TODAY = LocalDate.parse("2025-09-01");
    private static final List<String> NAMES =
            List.of("Harbor", "Rail", "Bank", "Analytics", "Logistics", "Health", "Media", "Robotics");
    private static final List<Segment> SEGMENTS = List.of(Segment.values());
    private static final List<Stage> STAGES =
            List.of(Stage.ONBOARDING, Stage.ADOPTING, Stage.NURTURING, Stage.RENEWING, Stage.CHURNED);
    private static final int ADVISORS = 40;
    private static final int EXECUTIVES = 60;
    private static final int TREND = 5;

    private final Bed.Started service;
    private final Connection database;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int accounts;
    private double secondsToRead;

    private PortfolioWorld(Bed bed, Bed.Started service, int accounts) {
        this.service = service;
        this.database = bed.connect(DATABASE);
        this.accounts = accounts;
    }

    static PortfolioWorld start(Bed bed, List<String> jvmOptions, int accounts) {
        try (var log = new EventLog(bed.kafka())) {
            new Telling(log, new Random(SEED)).tell(accounts);
            log.flush();
        }
        var watch = new Stopwatch();
        var service = bed.start(
                Service.ALERTS,
                jvmOptions,
                true,
                Map.of("quarkus.datasource.jdbc.url", bed.platform().jdbcUrl(DATABASE)));
        service.awaitReady();
        var world = new PortfolioWorld(bed, service, accounts);
        long records = EventLog.ends(bed.kafka(), TOLD).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        CaughtUp.await("alerts-service", () -> {
            service.requireAlive();
            return world.count("select coalesce(sum(next_offset), 0) from consumed_offset") >= records
                    && world.count("select count(*) from outbox") == 0;
        });
        world.secondsToRead = watch.seconds();
        world.requireAllThere();
        return world;
    }

    private static final List<String> TOLD = List.of(
            Topics.ACCOUNTS,
            Topics.LIFECYCLE_STAGES,
            Topics.LIFECYCLE_USAGE,
            Topics.LIFECYCLE_HEALTH,
            Topics.TIME_TICKS);

    private void requireAllThere() {
        var page = get("/");
        if (!page.body().contains(" of " + accounts + " accounts")) {
            throw new Complaint("The portfolio does not say that there are " + accounts + " accounts.");
        }
    }

    URI address() {
        return service.address();
    }

    double secondsToRead() {
        return secondsToRead;
    }

    long alerts() {
        return count("select count(*) from alert");
    }

    /** Asks for a view so many times. */
    View ask(String view, int times, int atOnce) {
        Queue<Double> millis = new ConcurrentLinkedQueue<>();
        var left = new AtomicInteger(times);
        var askers = Executors.newFixedThreadPool(atOnce);
        try {
            var asking = IntStream.range(0, atOnce)
                    .mapToObj(asker -> CompletableFuture.runAsync(
                            () -> {
                                while (left.getAndDecrement() > 0) {
                                    var watch = new Stopwatch();
                                    get(view);
                                    millis.add(watch.seconds() * 1000);
                                }
                            },
                            askers))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(asking).join();
        } finally {
            askers.shutdownNow();
        }
        return new View(view, get(view).body().length(), Percentiles.of(new ArrayList<>(millis)));
    }

    private HttpResponse<String> get(String path) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(service.address().resolve(path)).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new Complaint(path + " was answered with " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new Complaint(path + " was not answered: " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    private long count(String sql) {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new Complaint("PostgreSQL does not answer: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw new Complaint("PostgreSQL does not let go: " + e.getMessage() + ".", e);
        } finally {
            service.stop();
        }
    }

    /** Tells of accounts of all stages, some of them without usage or health. */
    private record Telling(EventLog log, Random random) {

        void tell(int accounts) {
            log.write(new Event<>(
                    DecisionId.of("tick", at(TODAY), 0),
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    "/bench",
                    null,
                    at(TODAY),
                    null,
                    new TimeTick(at(TODAY))));
            for (int number = 0; number < accounts; number++) {
                tellOf("account-%05d".formatted(number), number);
            }
        }

        private void tellOf(String account, int number) {
            var closedOn = TODAY.minusDays(random.nextInt(340));
            int seats = 10 + random.nextInt(2_000);
            publish(
                    EventType.ACCOUNT_FACTS,
                    account,
                    closedOn,
                    new AccountFacts(
                            account,
                            NAMES.get(number % NAMES.size()) + " " + number,
                            SEGMENTS.get(number % SEGMENTS.size()),
                            List.of(Product.values()),
                            seats,
                            false,
                            null,
                            null,
                            closedOn,
                            closedOn.plusYears(1),
                            null,
                            ZoneOffset.UTC,
                            new Owners(
                                    "ta-%02d@team.example.com".formatted(random.nextInt(ADVISORS)),
                                    "ae-%02d@team.example.com".formatted(random.nextInt(EXECUTIVES))),
                            List.of(),
                            null));
            var stage = STAGES.get(random.nextInt(STAGES.size()));
            publish(
                    EventType.STAGE_CHANGED,
                    account,
                    closedOn,
                    new StageChanged(account, null, stage, at(closedOn), new Reason("bench", List.of(), null, "1")));
            if (number % 10 != 0) {
                usage(account, seats);
                health(account);
            }
        }

        private void usage(String account, int seats) {
            int mau = random.nextInt(seats + 1);
            double mean = mau * random.nextDouble() / 2;
            publish(
                    EventType.USAGE_SUMMARY,
                    account,
                    TODAY,
                    new UsageSummary(
                            account,
                            at(TODAY),
                            YearMonth.from(TODAY).minusMonths(1),
                            mau,
                            mean,
                            seats,
                            (double) mau / seats,
                            mau == 0 ? null : mean / mau,
                            "last-closed-month",
                            "ping",
                            new UsageSummary.Current(random.nextInt(seats + 1), mau)));
        }

        private void health(String account) {
            var before = HealthLevel.UNKNOWN;
            for (int change = TREND; change > 0; change--) {
                double score = random.nextDouble() * 10;
                var level =
                        score < 3.33 ? HealthLevel.POOR : score < 6.67 ? HealthLevel.CONCERNING : HealthLevel.HEALTHY;
                var day = TODAY.minusDays(10L * change);
                publish(
                        EventType.HEALTH_CHANGED,
                        account,
                        day,
                        new HealthChanged(
                                account, before, level, score, at(day), "customers", List.of(), List.of(), "1"));
                before = level;
            }
        }

        private void publish(EventType type, String account, LocalDate day, EventData data) {
            log.write(Event.of(DecisionId.of(type, account, data), type, "/bench", account, at(day), null, data));
        }

        private static Instant at(LocalDate day) {
            return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        }
    }
}
