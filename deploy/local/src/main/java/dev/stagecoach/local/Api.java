package dev.stagecoach.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.sample.Request;
import io.smallrye.faulttolerance.api.Guard;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The services' HTTP endpoints, as an outside program sees them through something that spreads requests over replicas. One that does not
 * answer is asked again, or another one is: every request may be made twice.
 */
final class Api implements AutoCloseable {

    private static final int AT_ONCE = 6;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long PATIENCE_SECONDS = 90;
    private static final long PAUSE_MILLIS = 200;
    private static final int CONFLICT = 409;

    private final Stack stack;
    private final HttpClient http;
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE, Api::daemon);
    private final Guard guard = Guard.create()
            .withRetry()
            .maxRetries(-1)
            .maxDuration(PATIENCE_SECONDS, ChronoUnit.SECONDS)
            .delay(PAUSE_MILLIS, ChronoUnit.MILLIS)
            .retryOn(Away.class)
            .done()
            .build();

    Api(Stack stack) {
        this.stack = stack;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER)
                .build();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "sender");
        thread.setDaemon(true);
        return thread;
    }

    /** The service cannot answer now. */
    private static final class Away extends Exception {

        private static final long serialVersionUID = 1L;

        Away(String message, Exception cause) {
            super(message, cause);
        }

        Away(String message) {
            super(message);
        }
    }

    /**
     * Sends requests, several at once, and returns when all of them were answered.
     *
     * @throws Complaint if one was refused, or its service stayed away
     */
    void sendAll(List<Request> requests) {
        var answers = new ArrayList<CompletableFuture<Void>>();
        for (var request : requests) {
            answers.add(CompletableFuture.runAsync(() -> send(request), senders));
        }
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Complaint complaint ? complaint : e;
        }
    }

    private void send(Request request) {
        var answer = callPatiently(request.to().service(), replica -> httpRequest(request, replica));
        if (answer.statusCode() / 100 != 2) {
            throw new Complaint("%s was answered with %d: %s".formatted(request, answer.statusCode(), answer.body()));
        }
        requireNothingRejected(request, answer.body());
    }

    private static void requireNothingRejected(Request request, String answer) {
        if (request.to() == Request.To.INGEST && answer.contains("\"rejected\":[{")) {
            throw new Complaint(request + " was taken only in part: " + answer);
        }
    }

    private HttpRequest httpRequest(Request request, Replica replica) {
        var builder = HttpRequest.newBuilder(stack.uri(replica).resolve(request.path()))
                .timeout(ANSWER)
                .header("Content-Type", request.contentType())
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        if (request.gzip()) {
            builder.header("Content-Encoding", "gzip");
        }
        builder.header(
                "Authorization",
                switch (request.to()) {
                    case INGEST ->
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((ServiceSettings.TOKEN + ":").getBytes(StandardCharsets.UTF_8));
                    case LIFECYCLE -> "Bearer " + ServiceSettings.TOKEN;
                });
        return builder.build();
    }

    @SuppressWarnings("unchecked") // the guard takes a class, and there is none of a generic type
    private HttpResponse<String> callPatiently(Service service, Function<Replica, HttpRequest> request) {
        try {
            return guard.call(() -> call(request.apply(next(service))), HttpResponse.class);
        } catch (Away e) {
            throw new Complaint(
                    "%s gave no answer within %d s: %s.".formatted(service, PATIENCE_SECONDS, e.getMessage()), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** In turn. */
    private Replica next(Service service) {
        var replicas = stack.replicas(service);
        return replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size()));
    }

    private HttpResponse<String> call(HttpRequest request) throws Away {
        stack.requireAlive();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 503 || answer.statusCode() == 429) {
                throw new Away(request.method() + " " + request.uri() + " is answered with " + answer.statusCode()
                        + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new Away(request.method() + " " + request.uri() + " fails with " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    /** Whether every replica of usage-ingest stands at this time, or after it. */
    boolean ingestHasReached(Instant time) {
        return stack.replicas(Service.INGEST).stream()
                .allMatch(replica ->
                        ingestTime(replica).filter(now -> !now.isBefore(time)).isPresent());
    }

    private Optional<Instant> ingestTime(Replica replica) {
        var health = callPatiently(
                Service.INGEST,
                whoever -> HttpRequest.newBuilder(stack.uri(replica).resolve("/q/health/ready"))
                        .timeout(ANSWER)
                        .build());
        try {
            for (JsonNode check : EventCodec.json().readTree(health.body()).path("checks")) {
                if (check.path("name").asText().equals("clock")) {
                    return Optional.of(
                            Instant.parse(check.path("data").path("now").asText()));
                }
            }
            return Optional.empty();
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * What a service's REST API answers.
     *
     * @throws Complaint if it is anything but success
     */
    JsonNode get(Service service, String path) {
        return read(callPatiently(service, replica -> rest(replica, path).build()));
    }

    /**
     * Does what can be done only once, and is answered with a conflict where it has been done: also by this, when the first answer did not
     * arrive.
     *
     * @throws Complaint if it is answered with anything but success or a conflict
     */
    void postOnce(Service service, String path, Object body) {
        var json = json(body);
        var answer = callPatiently(
                service,
                replica -> rest(replica, path)
                        .POST(BodyPublishers.ofByteArray(json))
                        .build());
        if (answer.statusCode() != CONFLICT) {
            read(answer);
        }
    }

    private HttpRequest.Builder rest(Replica replica, String path) {
        return HttpRequest.newBuilder(stack.uri(replica).resolve(path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + ServiceSettings.TOKEN)
                .header("Content-Type", "application/json");
    }

    private static byte[] json(Object body) {
        try {
            return EventCodec.json().writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new Complaint(
                    "%s was answered with %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
        }
        try {
            return EventCodec.json().readTree(answer.body());
        } catch (IOException e) {
            throw new Complaint(answer.uri() + " was answered with what is no JSON: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
