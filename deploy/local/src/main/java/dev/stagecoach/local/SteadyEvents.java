package dev.stagecoach.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.io.IOException;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Usage events at a steady rate, in requests of twenty at fixed times that wait for nobody, to the replicas of usage-ingest in turn. What one does
 * not take is sent to the next one, as what stands before replicas does it.
 */
final class SteadyEvents implements AutoCloseable {

    private static final int A_REQUEST = 20;
    private static final int ACCOUNTS = 50;
    private static final int USERS = 500;
    private static final int AT_ONCE = 64;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "Basic "
            + Base64.getEncoder().encodeToString((ServiceSettings.TOKEN + ":").getBytes(StandardCharsets.UTF_8));

    private final Stack stack;

    /** So that the ids of no other load come again. */
    private final String load = "steady-" + UUID.randomUUID();

    private final List<Replica> replicas;
    private final long periodNanos;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE, SteadyEvents::daemon);
    private final Thread clock = daemon(this::sendAtFixedTimes);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicInteger askedAgain = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicLong measuredFrom = new AtomicLong(System.nanoTime());
    private final List<Duration> latencies = Collections.synchronizedList(new ArrayList<>());

    /** Only the clock's while it runs. */
    private final List<CompletableFuture<Void>> requests = new ArrayList<>();

    private SteadyEvents(Stack stack, int eventsPerSecond) {
        this.stack = stack;
        this.replicas = stack.replicas(Service.INGEST);
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) * A_REQUEST / eventsPerSecond;
    }

    static SteadyEvents start(Stack stack, int eventsPerSecond) {
        var events = new SteadyEvents(stack, eventsPerSecond);
        events.clock.start();
        return events;
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "steady-events");
        thread.setDaemon(true);
        return thread;
    }

    private void sendAtFixedTimes() {
        long dueAt = System.nanoTime();
        while (!stopping.get()) {
            int number = requests.size();
            long due = dueAt;
            requests.add(CompletableFuture.runAsync(() -> send(number, due), senders));
            dueAt += periodNanos;
            while (System.nanoTime() < dueAt) {
                LockSupport.parkNanos(dueAt - System.nanoTime());
            }
        }
    }

    private void send(int number, long dueAt) {
        var ids = IntStream.range(0, A_REQUEST)
                .mapToObj(index -> load + "-" + number + "-" + index)
                .toList();
        var body = body(number, ids);
        for (int attempt = 0; !isTaken(body, replicas.get((number + attempt) % replicas.size())); attempt++) {
            if (System.nanoTime() - dueAt > PATIENCE.toNanos()) {
                throw new Complaint("Events were not taken within " + PATIENCE.toSeconds() + " s.");
            }
            askedAgain.incrementAndGet();
            // The other ones are asked at once; when all have been asked, there is time to breathe.
            if ((attempt + 1) % replicas.size() == 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        if (dueAt - measuredFrom.get() >= 0) {
            latencies.add(Duration.ofNanos(System.nanoTime() - dueAt));
        }
        accepted.addAll(ids);
    }

    private static byte[] body(int number, List<String> ids) {
        var batch = ids.stream()
                .map(id -> Map.of(
                        "type",
                        "track",
                        "messageId",
                        id,
                        "event",
                        "search",
                        "userId",
                        "user-" + id.hashCode() % USERS,
                        "context",
                        Map.of("groupId", "steady-" + number % ACCOUNTS)))
                .toList();
        try {
            return EventCodec.json().writeValueAsBytes(Map.of("batch", batch));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isTaken(byte[] body, Replica replica) {
        var request = HttpRequest.newBuilder(stack.uri(replica).resolve("/v1/batch"))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Authorization", KEY)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return isTaken(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            // It stops, or starts.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    private static boolean isTaken(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 -> {
                if (!answer.body().contains("\"rejected\":[]")) {
                    throw new Complaint("Events were rejected: " + answer.body());
                }
                yield true;
            }
            case 429, 503 -> false;
            default -> throw new Complaint("Events were refused with " + answer.statusCode() + ": " + answer.body());
        };
    }

    /** Forgets the latencies so far: from now on it is steady. */
    void measure() {
        measuredFrom.set(System.nanoTime());
        latencies.clear();
    }

    /**
     * Sends no more, and waits for what is under way.
     *
     * @return the ids of the events that were accepted
     * @throws Complaint if any was refused, or not taken in time
     */
    Set<String> stop() {
        stopping.set(true);
        try {
            clock.join();
            CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new)).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof Complaint complaint ? complaint : e;
        }
        return Set.copyOf(accepted);
    }

    /** How many events. After {@link #stop}. */
    int sent() {
        return requests.size() * A_REQUEST;
    }

    /** How often a request had to be made again. */
    int askedAgain() {
        return askedAgain.get();
    }

    /** From the time at which each request was due to its success, of those due since {@link #measure}, in order of size. */
    List<Duration> latencies() {
        synchronized (latencies) {
            return latencies.stream().sorted().toList();
        }
    }

    @Override
    public void close() {
        stopping.set(true);
        senders.shutdownNow();
    }
}
