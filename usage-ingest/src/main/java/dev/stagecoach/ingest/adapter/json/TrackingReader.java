package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import dev.stagecoach.ingest.tracking.TrackingBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies of the tracking API in one pass and without a tree: what is not needed is skipped where it stands. Thread-safe.
 *
 * <p>What the sender wrote is checked by who uses it; here, an event is flawed only when it is too big, is no object, or has an
 * object where a text belongs. A flawed event costs no other event.
 */
public final class TrackingReader {
    private final KeptFields kept;
    private final int maxEvents;
    private final int maxEventBytes;

    /** @param kept the fields that go on; the others end here */
    public TrackingReader(KeptFields kept, int maxEvents, int maxEventBytes) {
        this.kept = kept;
        this.maxEvents = maxEvents;
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * A body that is one event.
     *
     * @param call what the path says that the sender did; it wins over the event's own {@code type}
     * @throws RefusedException when it is no JSON object
     */
    public TrackingBody readSingle(String call, byte[] body) {
        try (JsonParser json = JsonBody.parser(body, "a JSON object")) {
            requireObject(json.nextToken());
            EventReader event = new EventReader(json, kept);
            TrackedEvent read = event.read(call, maxEventBytes);
            requireEnd(json);
            return new TrackingBody(event.writeKey(), null, null, List.of(read));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * A body whose {@code batch} is a list of events.
     *
     * @throws RefusedException when it is none, or has too many events
     */
    public TrackingBody readBatch(byte[] body) {
        try (JsonParser json = JsonBody.parser(body, "a JSON object")) {
            requireObject(json.nextToken());
            TrackingBody read = batch(json);
            requireEnd(json);
            return read;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private TrackingBody batch(JsonParser json) throws IOException {
        String writeKey = null;
        String account = null;
        String contextAccount = null;
        String sentAt = null;
        List<TrackedEvent> events = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "batch" -> events = events(json, value);
                case "writeKey" -> writeKey = textOrSkip(json);
                case "sentAt" -> sentAt = textOrSkip(json);
                case "groupId" -> account = textOrSkip(json);
                case "context" -> contextAccount = memberOf(json, "groupId");
                default -> json.skipChildren();
            }
        }
        if (events == null) {
            throw unreadable("batch: missing (expected: a JSON array of events)");
        }
        return new TrackingBody(writeKey, contextAccount != null ? contextAccount : account, sentAt, events);
    }

    private List<TrackedEvent> events(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            throw unreadable("batch: " + JsonProblems.kind(value) + " (expected: a JSON array of events)");
        }
        List<TrackedEvent> events = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (events.size() == maxEvents) {
                throw new RefusedException(
                        Refusal.TOO_LARGE,
                        "batch: more than " + maxEvents + " events (expected: at most " + maxEvents
                                + "; send smaller batches)");
            }
            events.add(new EventReader(json, kept).read(null, maxEventBytes));
        }
        return events;
    }

    /** The named member of an object when it is a text; the parser ends up at the end of the object. */
    private static @Nullable String memberOf(JsonParser json, String name) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        String member = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(name);
            json.nextToken();
            if (wanted) {
                member = textOrSkip(json);
            } else {
                json.skipChildren();
            }
        }
        return member;
    }

    private static @Nullable String textOrSkip(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    private static void requireObject(@Nullable JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            throw unreadable("body: " + JsonProblems.kind(token) + " (expected: a JSON object)");
        }
    }

    private static void requireEnd(JsonParser json) throws IOException {
        if (json.nextToken() != null) {
            throw unreadable("body: goes on after the JSON object (expected: one object)");
        }
    }

    private static RefusedException unreadable(String message) {
        return new RefusedException(Refusal.UNREADABLE, message);
    }

    private static RefusedException unreadable(IOException e) {
        return new RefusedException(Refusal.UNREADABLE, "body: " + JsonProblems.describe(e) + " (expected: JSON)", e);
    }
}
