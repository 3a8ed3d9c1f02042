package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Receivers;
import dev.stagecoach.alerts.adapter.ApacheHttp.Answer;
import dev.stagecoach.alerts.webhook.Attempt;
import dev.stagecoach.alerts.webhook.Delivery;
import dev.stagecoach.alerts.webhook.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Receivers over HTTP. A time-stamp is of the attempt, so that a recorded message is of no use later.
 *
 * @param secrets by the name of the endpoint
 */
record HttpReceivers(ApacheHttp http, Map<String, List<WebhookSecret>> secrets) implements Receivers {
    private static final int MOST_OF_AN_ANSWER = 500;

    @Override
    public Attempt post(Endpoint endpoint, Delivery delivery) {
        long start = System.nanoTime();
        try {
            Answer answer = http.post(
                    endpoint.url(),
                    WebhookHeaders.of(
                            secrets.getOrDefault(endpoint.name(), List.of()),
                            delivery.message(),
                            Instant.now(),
                            delivery.body()),
                    delivery.body().getBytes(StandardCharsets.UTF_8));
            return new Attempt(
                    answer.status(), answer.retryAfter().orElse(null), abridged(answer.body()), since(start));
        } catch (IOException e) {
            return new Attempt(null, null, abridged("no answer: " + reason(e)), since(start));
        }
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ", " + e.getMessage();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Without the character that PostgreSQL has no place for. */
    private static String abridged(String text) {
        String line = text.replace('\0', ' ').strip();
        return line.length() <= MOST_OF_AN_ANSWER ? line : line.substring(0, MOST_OF_AN_ANSWER) + "…";
    }
}
