package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.tracking.Slice;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudEvents in JSON, one or a list, that carry usage events and pings. The account is the data's own or else the subject, the
 * time the data's own or else that of the CloudEvent. A CloudEvent with a flaw costs no other.
 */
public final class CloudEventsReader {
    private static final JsonFormat FORMAT = new JsonFormat();

    private final KeptFields kept;
    private final int maxEvents;
    private final int maxEventBytes;

    /** @param kept the fields that go on; the others end here */
    public CloudEventsReader(KeptFields kept, int maxEvents, int maxEventBytes) {
        this.kept = kept;
        this.maxEvents = maxEvents;
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * What is in a body.
     *
     * @param receivedAt when it came first
     * @throws RefusedException when it is neither a JSON object nor a list, or has too many events
     */
    public List<CarriedUsage> read(byte[] body, Instant receivedAt) {
        return slices(body).stream()
                .map(slice -> carried(body, slice, receivedAt))
                .toList();
    }

    /**
     * Refuses the data of a CloudEvent that could not be recorded anyway.
     *
     * @throws RefusedException when it is larger than a CloudEvent may be
     */
    public void requireFits(int bytes) {
        if (bytes > maxEventBytes) {
            throw new RefusedException(
                    Refusal.TOO_LARGE,
                    "body: " + bytes + " bytes (expected: at most " + maxEventBytes + " in binary mode)");
        }
    }

    private List<Slice> slices(byte[] body) {
        try (JsonParser json = JsonBody.parser(body, "a CloudEvent in JSON, or a list")) {
            List<Slice> slices = slices(json, json.nextToken());
            if (json.nextToken() != null) {
                throw unreadable("body: goes on after the CloudEvents (expected: one object, or one list)");
            }
            return slices;
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.UNREADABLE, "body: " + JsonProblems.describe(e) + " (expected: CloudEvents in JSON)", e);
        }
    }

    private List<Slice> slices(JsonParser json, @Nullable JsonToken first) throws IOException {
        if (first == JsonToken.START_OBJECT) {
            return List.of(slice(json));
        }
        if (first != JsonToken.START_ARRAY) {
            throw unreadable(
                    "body: " + JsonProblems.kind(first) + " (expected: a CloudEvent as a JSON object, or a list)");
        }
        List<Slice> slices = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (slices.size() == maxEvents) {
                throw new RefusedException(
                        Refusal.TOO_LARGE,
                        "body: more than " + maxEvents + " CloudEvents (expected: at most " + maxEvents
                                + "; send smaller batches)");
            }
            slices.add(slice(json));
        }
        return slices;
    }

    private static Slice slice(JsonParser json) throws IOException {
        int start = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        return new Slice(start, (int) json.currentLocation().getByteOffset());
    }

    private CarriedUsage carried(byte[] body, Slice slice, Instant receivedAt) {
        if (slice.length() > maxEventBytes) {
            return flawed(null, slice, "event: " + slice.length() + " bytes (expected: at most " + maxEventBytes + ")");
        }
        CloudEvent event;
        try {
            event = FORMAT.deserialize(Arrays.copyOfRange(body, slice.start(), slice.end()));
        } catch (EventDeserializationException | CloudEventRWException e) {
            return flawed(null, slice, "event: " + reason(e) + " (expected: a CloudEvent of version 1.0 in JSON)");
        }
        if (event == null) {
            return flawed(null, slice, "event: null (expected: a CloudEvent of version 1.0 in JSON)");
        }
        try {
            return carried(event, slice, receivedAt);
        } catch (IOException | NumberFormatException e) {
            return flawed(event.getId(), slice, "data: cannot be read as JSON (expected: a JSON object)");
        }
    }

    private static String reason(RuntimeException problem) {
        return Fields.shortened(
                String.valueOf(problem.getMessage()).lines().findFirst().orElse("not readable"));
    }

    private CarriedUsage carried(CloudEvent event, Slice slice, Instant receivedAt) throws IOException {
        CloudEventData data = event.getData();
        if (!(data != null && EventCodec.json().readTree(data.toBytes()) instanceof ObjectNode json)) {
            return flawed(event.getId(), slice, "data: missing, or no object (expected: a JSON object)");
        }
        if (event.getType().equals(EventType.USAGE_EVENT.wireName())) {
            return new CarriedUsage.OfUser(tracked(event, json, slice));
        }
        if (event.getType().equals(EventType.USAGE_PING.wireName())) {
            return new CarriedUsage.OfInstance(
                    event.getId(), PingReader.PLAIN.read(completed(event, json), receivedAt), slice);
        }
        return flawed(
                event.getId(),
                slice,
                "type: " + Fields.shown(event.getType()) + " (expected: " + EventType.USAGE_EVENT.wireName() + " or "
                        + EventType.USAGE_PING.wireName() + ")");
    }

    /** With what the attributes say and the data does not. */
    private static ObjectNode completed(CloudEvent event, ObjectNode json) {
        if (event.getSubject() != null && Json.text(json, "account", "groupId") == null) {
            json.put("account", event.getSubject());
        }
        if (event.getTime() != null && !json.has("at")) {
            json.put("at", event.getTime().toInstant().toString());
        }
        return json;
    }

    private TrackedEvent tracked(CloudEvent event, ObjectNode json, Slice slice) {
        String account = Json.text(json, "account", "groupId");
        String at = Json.text(json, "at");
        return new TrackedEvent(
                "track",
                event.getId(),
                Json.text(json, "user", "userId"),
                null,
                null,
                Json.text(json, "name"),
                Json.text(json, "feature"),
                Json.text(json, "action"),
                account != null ? account : event.getSubject(),
                Json.text(json, "instance"),
                at == null && event.getTime() != null
                        ? event.getTime().toInstant().toString()
                        : at,
                null,
                kept(json.path("properties")),
                slice,
                Slice.NONE,
                null);
    }

    private Map<String, Object> kept(JsonNode properties) {
        Map<String, Object> values = new HashMap<>();
        for (String name : kept.names()) {
            JsonNode value = properties.path(name);
            if (value.isTextual()) {
                values.put(name, value.textValue());
            } else if (value.isNumber()) {
                values.put(name, value.numberValue());
            } else if (value.isBoolean()) {
                values.put(name, value.booleanValue());
            }
        }
        return values;
    }

    private static CarriedUsage flawed(@Nullable String id, Slice slice, String flaw) {
        return new CarriedUsage.OfUser(TrackedEvent.flawed(id, slice, flaw));
    }

    private static RefusedException unreadable(String message) {
        return new RefusedException(Refusal.UNREADABLE, message);
    }
}
