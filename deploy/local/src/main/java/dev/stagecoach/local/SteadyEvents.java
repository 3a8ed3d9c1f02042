package dev.stagecoach.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Usage events at a steady rate, in requests of twenty at fixed times that wait for nobody, to the replicas of usage-ingest in turn. What one does
 * not take is sent to the next one, as what stands before replicas does it.
 */
final class SteadyEvents implements AutoCloseable {

    private static final int A_REQUEST = 20;
    private static final int ACCOUNTS = 50;
    private static final int USERS = 500;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "Basic "
            + Base64.getEncoder().encodeToString((ServiceSettings.TOKEN + ":").getBytes(StandardCharsets.UTF_8));

    private final Stack stack;
    private final List<Replica> replicas;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var sending = new Thread(task, "steady-events");
        sending.setDaemon(true);
        return sending;
    });
    private final Executor soon =
            CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger askedAgain = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<Duration> latencies = Collections.synchronizedList(new ArrayList<>());
    private final Phaser underWay = new Phaser(1);

    private SteadyEvents(Stack stack) {
        this.stack = stack;
        this.replicas = stack.replicas(Service.INGEST);
    }

    static SteadyEvents start(Stack stack, int eventsPerSecond) {
        var events = new SteadyEvents(stack);
        long period = TimeUnit.SECONDS.toNanos(1) * A_REQUEST / eventsPerSecond;
        long startedAt = System.nanoTime() + period;
        events.clock.scheduleAtFixedRate(
                () -> events.sendNext(startedAt, period), period, period, TimeUnit.NANOSECONDS);
        return events;
    }

    private void sendNext(long startedAt, long period) {
        int number = requests.getAndIncrement();
        var ids = IntStream.range(0, A_REQUEST)
                .mapToObj(index -> "steady-" + number + "-" + index)
                .toList();
        underWay.register();
        send(new Parcel(number, ids, body(number, ids), startedAt + number * period), 0);
    }

    private record Parcel(int number, List<String> ids, byte[] body, long dueAt) {}

    private static byte[] body(int number, List<String> ids) {
        var batch = ids.stream()
                .map(id -> Map.of(
                        "type", "track",
                        "messageId", id,
                        "event", "search",
                        "userId", "user-" + id.hashCode() % USERS,
                        "context", Map.of("groupId", "steady-" + number % ACCOUNTS)))
                .toList();
        try {
            return EventCodec.json().writeValueAsBytes(Map.of("batch", batch));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(Parcel parcel, int attempt) {
        var replica = replicas.get((parcel.number() + attempt) % replicas.size());
        var request = HttpRequest.newBuilder(stack.uri(replica).resolve("/v1/batch"))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Authorization", KEY)
                .POST(BodyPublishers.ofByteArray(parcel.body()))
                .build();
        http.sendAsync(request, BodyHandlers.ofString())
                .whenComplete((answer, failure) -> answered(parcel, attempt, answer, failure));
    }

    private void answered(Parcel parcel, int attempt, HttpResponse<String> answer, Throwable failure) {
        if (failure == null && answer.statusCode() == 200) {
            latencies.add(Duration.ofNanos(System.nanoTime() - parcel.dueAt()));
            (answer.body().contains("\"rejected\":[]") ? accepted : refused).addAll(parcel.ids());
            underWay.arriveAndDeregister();
        } else if (failure == null && answer.statusCode() != 503 && answer.statusCode() != 429
                || System.nanoTime() - parcel.dueAt() > PATIENCE.toNanos()) {
            refused.addAll(parcel.ids());
            underWay.arriveAndDeregister();
        } else {
            askedAgain.incrementAndGet();
            // The first other one is asked at once; when all have been asked, there is time to breathe.
            if ((attempt + 1) % replicas.size() == 0) {
                soon.execute(() -> send(parcel, attempt + 1));
            } else {
                send(parcel, attempt + 1);
            }
        }
    }

    /**
     * Sends no more, and waits for what is under way.
     *
     * @return the ids of the events that were accepted
     * @throws Complaint if any was refused
     */
    Set<String> stop() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new Complaint("The sending of events does not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
        underWay.arriveAndAwaitAdvance();
        if (!refused.isEmpty()) {
            throw new Complaint("%d events were refused, or not taken within %d s, such as %s."
                    .formatted(refused.size(), PATIENCE.toSeconds(), refused.iterator().next()));
        }
        return Set.copyOf(accepted);
    }

    int sent() {
        return requests.get() * A_REQUEST;
    }

    int askedAgain() {
        return askedAgain.get();
    }

    /** From the time at which each request was due to its success, in order of size. */
    List<Duration> latencies() {
        synchronized (latencies) {
            return latencies.stream().sorted().toList();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
