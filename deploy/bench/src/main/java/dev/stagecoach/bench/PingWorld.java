package dev.stagecoach.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** usage-ingest and lifecycle-service, and accounts that each wait for one more user to change their stage. */
final class PingWorld implements AutoCloseable {

    private static final int SEATS = 100;
    private static final int ALMOST = 79;
    private static final int ENOUGH = 80;
    private static final int DAILY = 40;
    /** The last month and all of this one. */
    private static final int DAYS = 62;

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Bed bed;
    private final Bed.Started ingest;
    private final Bed.Started lifecycle;
    private final LifecycleBooks books;
    private final StageReader stages;
    private final int pingsPerSecond;
    private final LocalDate today;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** How long a ping took. */
    record Times(Duration fromRequest, Duration fromAnswer) {}

    private PingWorld(
            Bed bed,
            Bed.Started ingest,
            Bed.Started lifecycle,
            LifecycleBooks books,
            int pingsPerSecond,
            LocalDate today) {
        this.bed = bed;
        this.ingest = ingest;
        this.lifecycle = lifecycle;
        this.books = books;
        this.stages = new StageReader(bed.kafka());
        this.pingsPerSecond = pingsPerSecond;
        this.today = today;
    }

    /** Returns when all accounts are Adopting. */
    static PingWorld start(Bed bed, List<String> jvmOptions, int accounts, int pingsPerSecond) {
        var today = LocalDate.now(ZoneOffset.UTC);
        tellAccounts(bed.kafka(), accounts, today);
        var books = new LifecycleBooks(bed, "lifecycle");
        var world = new PingWorld(
                bed,
                bed.start(Service.INGEST, jvmOptions, false, Map.of()),
                bed.start(Service.LIFECYCLE, jvmOptions, false, Map.of()),
                books,
                pingsPerSecond,
                today);
        try {
            world.ingest.awaitReady();
            world.lifecycle.awaitReady();
            world.awaitStage(Stage.ADOPTING, 0, accounts);
            return world;
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    private static String account(int number) {
        return "pinging-" + number;
    }

    private static void tellAccounts(String kafka, int accounts, LocalDate today) {
        try (var log = new EventLog(kafka)) {
            for (int number = 0; number < accounts; number++) {
                log.write(facts(account(number), today));
                for (int ago = DAYS; ago > 0; ago--) {
                    log.write(ping(account(number), today.minusDays(ago)));
                }
            }
            log.flush();
        }
    }

    private static Event<AccountFacts> facts(String account, LocalDate today) {
        var facts = new AccountFacts(
                account,
                account,
                Segment.DIGITAL,
                List.of(Product.CODE_SEARCH),
                SEATS,
                false,
                null,
                null,
                today.minusDays(200),
                today.plusDays(500),
                null,
                ZoneId.of("UTC"),
                Owners.NONE,
                List.of(),
                null);
        var at = today.minusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Event.of(
                DecisionId.of("bench-facts", account), EventType.ACCOUNT_FACTS, "/bench", account, at, null, facts);
    }

    private static Event<UsagePing> ping(String account, LocalDate day) {
        var at = lastHourOf(day);
        var ping =
                new UsagePing(account, account, true, "5.2.0", at, at, ActiveUsers.of(DAILY, ALMOST), Map.of(), null);
        return Event.of(
                DecisionId.of("bench-ping", account, day), EventType.USAGE_PING, "/bench", account, at, null, ping);
    }

    private static Instant lastHourOf(LocalDate day) {
        return day.atTime(LocalTime.of(23, 0)).toInstant(ZoneOffset.UTC);
    }

    private void awaitStage(Stage stage, int first, int count) {
        CaughtUp.await("The services", () -> {
            ingest.requireAlive();
            lifecycle.requireAlive();
            for (int number = first; number < first + count; number++) {
                if (stages.seen(account(number), stage).isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    private record Sent(String account, long sentAt, CompletableFuture<Long> answeredAt) {}

    /** Has accounts ping, one after the other at the fixed rate, and returns when all of their stages have changed. */
    List<Times> ping(int first, int count) {
        var sent = new ArrayList<Sent>();
        long startedAt = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long turn = startedAt + Duration.ofSeconds(1).toNanos() * i / pingsPerSecond;
            LockSupport.parkNanos(turn - System.nanoTime());
            sent.add(send(account(first + i)));
        }
        awaitStage(Stage.NURTURING, first, count);
        return sent.stream().map(this::times).toList();
    }

    private Times times(Sent sent) {
        long seenAt = stages.seen(sent.account(), Stage.NURTURING).orElseThrow();
        try {
            return new Times(
                    Duration.ofNanos(seenAt - sent.sentAt()),
                    Duration.ofNanos(seenAt - sent.answeredAt().join()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof Complaint complaint ? complaint : e;
        }
    }

    private Sent send(String account) {
        var body = """
                {"account": "%1$s", "instance": "%1$s", "version": "5.2.0", "at": "%2$s", "activeUsers": {"month": %3$d}}""".formatted(account, lastHourOf(today.withDayOfMonth(1).minusDays(1)), ENOUGH);
        var key = Base64.getEncoder().encodeToString((ServiceSettings.TOKEN + ":").getBytes(UTF_8));
        var request = HttpRequest.newBuilder(ingest.address().resolve("/v1/pings"))
                .timeout(ANSWER)
                .header("Authorization", "Basic " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long sentAt = System.nanoTime();
        return new Sent(
                account,
                sentAt,
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(PingWorld::answeredAt));
    }

    private static long answeredAt(HttpResponse<String> answer) {
        long now = System.nanoTime();
        if (answer.statusCode() / 100 != 2) {
            throw new Complaint("A ping was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return now;
    }

    /** How many records lifecycle-service has still to read. */
    long unread() {
        return books.unread(EventLog.ends(bed.kafka(), LifecycleService.TOPICS));
    }

    @Override
    public void close() {
        stages.close();
        books.close();
        ingest.stop();
        lifecycle.stop();
    }
}
