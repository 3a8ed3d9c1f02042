package dev.stagecoach.alerts.adapter;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What makes a message of this service's recognizable: its id, when it is sent, and the signatures. */
final class WebhookHeaders {
    private WebhookHeaders() {}

    /** With a signature by each secret, so that one can replace another without a message being refused. */
    static Map<String, String> of(List<WebhookSecret> secrets, String message, Instant at, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", message);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put(
                "webhook-signature",
                secrets.stream().map(secret -> secret.sign(message, at, body)).collect(Collectors.joining(" ")));
        return headers;
    }
}
