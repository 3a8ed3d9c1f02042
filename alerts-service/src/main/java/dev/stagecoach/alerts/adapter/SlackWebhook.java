package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.alerts.Chat;
import dev.stagecoach.alerts.delivery.Message;
import dev.stagecoach.alerts.delivery.Outcome;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Posts to Slack's incoming webhooks. Addresses of webhooks are secrets: they appear in no log and no error. */
final class SlackWebhook implements Chat {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int MOST_OF_AN_ANSWER = 200;
    private static final Duration WHEN_SLACK_DOES_NOT_SAY = Duration.ofSeconds(30);

    private final Map<String, URI> webhooks;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * A client of these webhooks.
     *
     * @param webhooks by the channel's key
     */
    SlackWebhook(Map<String, URI> webhooks, Duration timeout) {
        this.webhooks = Map.copyOf(webhooks);
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Outcome post(Message message) {
        URI webhook = webhooks.get(message.channel());
        if (webhook == null) {
            return new Outcome.Refused("no webhook is configured for " + message.channel());
        }
        try {
            return outcome(http.send(request(webhook, message), BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Outcome.Unavailable("no answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable("interrupted by the end of the service");
        }
    }

    private HttpRequest request(URI webhook, Message message) throws JsonProcessingException {
        return HttpRequest.newBuilder(webhook)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(
                        EventCodec.json().writeValueAsString(SlackMessage.of(message.alert(), message.topic()))))
                .build();
    }

    private static Outcome outcome(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Outcome.Posted();
        }
        if (status == TOO_MANY_REQUESTS) {
            return new Outcome.Busy(retryAfter(response));
        }
        String answer = status + " " + abridged(response.body());
        return status == REQUEST_TIMEOUT || status / 100 == 5
                ? new Outcome.Unavailable(answer)
                : new Outcome.Refused(answer);
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        try {
            return response.headers()
                    .firstValue("Retry-After")
                    .map(seconds -> Duration.ofSeconds(Math.max(0, Long.parseLong(seconds.strip()))))
                    .orElse(WHEN_SLACK_DOES_NOT_SAY);
        } catch (NumberFormatException e) {
            return WHEN_SLACK_DOES_NOT_SAY;
        }
    }

    private static String abridged(String answer) {
        String line = answer.strip();
        return line.length() <= MOST_OF_AN_ANSWER ? line : line.substring(0, MOST_OF_AN_ANSWER) + "…";
    }
}
