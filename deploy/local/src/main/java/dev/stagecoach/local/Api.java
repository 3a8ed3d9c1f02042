package dev.stagecoach.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.sample.Request;
import io.smallrye.faulttolerance.api.Guard;
import java.io.IOException;
import java.net.URI;
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

/**
 * The services' HTTP endpoints, as an outside program sees them. A service that is away for a moment is asked again: every
 * request may be made twice.
 */
final class Api implements AutoCloseable {

    private static final int AT_ONCE = 6;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long PATIENCE_SECONDS = 90;
    private static final long PAUSE_MILLIS = 200;

    private final Stack stack;
    private final HttpClient http;
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
        var answer = callPatiently(httpRequest(request));
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

    private HttpRequest httpRequest(Request request) {
        var builder = HttpRequest.newBuilder(uri(request))
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

    private URI uri(Request request) {
        var service = switch (request.to()) {
            case INGEST -> Service.INGEST;
            case LIFECYCLE -> Service.LIFECYCLE;
        };
        return stack.uri(service).resolve(request.path());
    }

    @SuppressWarnings("unchecked") // the guard takes a class, and there is none of a generic type
    private HttpResponse<String> callPatiently(HttpRequest request) {
        try {
            return guard.call(() -> call(request), HttpResponse.class);
        } catch (Away e) {
            throw new Complaint(
                    request.method() + " " + request.uri() + " got no answer within " + PATIENCE_SECONDS + " s: "
                            + e.getMessage() + ".",
                    e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> call(HttpRequest request) throws Away {
        stack.requireAlive();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 503 || answer.statusCode() == 429) {
                throw new Away("it answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new Away(e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    /** The time at which usage-ingest stands; empty before its first tick. */
    Optional<Instant> ingestTime() {
        var health =
                callPatiently(HttpRequest.newBuilder(stack.uri(Service.INGEST).resolve("/q/health/ready"))
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

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
