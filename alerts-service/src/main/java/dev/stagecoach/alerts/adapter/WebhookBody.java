package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a webhook receives: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks recommends. */
final class WebhookBody {
    private WebhookBody() {}

    /** An alert, as the REST API shows it. */
    static String of(Event<AlertRaised> event) {
        return json("alert.raised", event.data().at(), StoredAlert.of(event, event.data()));
    }

    /** A message that says nothing, to try an endpoint. */
    static String test(String endpoint, Instant now) {
        return json("test", now, Map.of("endpoint", endpoint, "text", "A test of Stagecoach: there is nothing to do"));
    }

    private static String json(String type, Instant at, Object data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("timestamp", at);
        body.put("data", data);
        try {
            return EventCodec.json().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of type " + type + " is no JSON", e);
        }
    }
}
