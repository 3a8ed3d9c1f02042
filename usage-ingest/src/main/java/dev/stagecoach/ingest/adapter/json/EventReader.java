package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.tracking.Slice;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the value at which a parser stands as an event, and leaves the parser at its end. For one event. */
final class EventReader {
    private static final int LONGEST_NUMBER = 40;

    private final JsonParser json;
    private final KeptFields kept;

    private @Nullable String type;
    private @Nullable String messageId;
    private @Nullable String userId;
    private @Nullable String anonymousId;
    private @Nullable String previousId;
    private @Nullable String event;
    private @Nullable String name;
    private @Nullable String feature;
    private @Nullable String action;
    private @Nullable String groupId;
    private @Nullable String contextGroupId;
    private @Nullable String instance;
    private @Nullable String timestamp;
    private @Nullable String originalTimestamp;
    private @Nullable String sentAt;
    private @Nullable String writeKey;
    private Map<String, Object> properties = Map.of();
    private Slice propertiesBytes = Slice.NONE;
    private @Nullable String flaw;

    EventReader(JsonParser json, KeptFields kept) {
        this.json = json;
        this.kept = kept;
    }

    /** The key that the event carries, once read. */
    @Nullable String writeKey() {
        return writeKey;
    }

    TrackedEvent read(@Nullable String call, int maxBytes) throws IOException {
        int start = tokenStart();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            readFields();
        } else {
            flaw("event: " + kind() + " (expected: a JSON object)");
            json.skipChildren();
        }
        Slice bytes = new Slice(start, here());
        if (bytes.length() > maxBytes) {
            flaw = "event: " + bytes.length() + " bytes (expected: at most " + maxBytes + ")";
        }
        return new TrackedEvent(
                call != null ? call : type,
                messageId,
                userId,
                anonymousId,
                previousId,
                event != null ? event : name,
                feature,
                action,
                account(call != null ? call : type),
                instance,
                timestamp != null ? timestamp : originalTimestamp,
                sentAt,
                properties,
                bytes,
                propertiesBytes,
                flaw);
    }

    /** A group call is about the group that it names itself, whatever the context was before. */
    private @Nullable String account(@Nullable String call) {
        boolean ownFirst = "group".equalsIgnoreCase(call);
        String first = ownFirst ? groupId : contextGroupId;
        return first != null ? first : ownFirst ? contextGroupId : groupId;
    }

    private void readFields() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "type" -> type = text(field);
                case "messageId" -> messageId = text(field);
                case "userId" -> userId = text(field);
                case "anonymousId" -> anonymousId = text(field);
                case "previousId" -> previousId = text(field);
                case "event" -> event = text(field);
                case "name" -> name = text(field);
                case "groupId" -> groupId = text(field);
                case "timestamp" -> timestamp = text(field);
                case "originalTimestamp" -> originalTimestamp = text(field);
                case "sentAt" -> sentAt = text(field);
                case "writeKey" -> writeKey = text(field);
                case "context" -> readContext();
                case "properties" -> readProperties();
                default -> json.skipChildren();
            }
        }
    }

    /** Of the context, with its addresses and devices, nothing goes on but the account, the instance, and what is to be kept. */
    private void readContext() throws IOException {
        if (!isObject("context")) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "groupId" -> contextGroupId = text("context.groupId");
                // Not every SDK means an id by it.
                case "instance" ->
                    instance = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : skipped();
                default -> {
                    if (kept.holdsContext()) {
                        readOfContext(KeptFields.CONTEXT + field);
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
    }

    private void readOfContext(String path) throws IOException {
        if (kept.names().contains(path)) {
            keep(path);
        } else if (json.currentToken() == JsonToken.START_OBJECT
                && kept.holders().contains(path)) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = path + '.' + json.currentName();
                json.nextToken();
                readOfContext(member);
            }
        } else {
            json.skipChildren();
        }
    }

    private void readProperties() throws IOException {
        int start = tokenStart();
        if (!isObject("properties")) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                switch (field) {
                    case "feature" -> feature = json.getText();
                    case "action" -> action = json.getText();
                    default -> {}
                }
            }
            if (kept.names().contains(field)) {
                keep(field);
            } else {
                json.skipChildren();
            }
        }
        propertiesBytes = new Slice(start, here());
    }

    /** Only single values are kept: an object could hold anything. */
    private void keep(String field) throws IOException {
        switch (json.currentToken()) {
            case VALUE_STRING -> keep(field, json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> keepNumber(field);
            case VALUE_TRUE, VALUE_FALSE -> keep(field, json.getBooleanValue());
            default -> json.skipChildren();
        }
    }

    /** Reading a number costs more than its length, so that only sensible ones are. */
    private void keepNumber(String field) throws IOException {
        if (json.getTextLength() > LONGEST_NUMBER) {
            flaw("properties." + field + ": a number of " + json.getTextLength() + " characters (expected: at most "
                    + LONGEST_NUMBER + ")");
            return;
        }
        try {
            keep(
                    field,
                    json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getNumberValue() : json.getDecimalValue());
        } catch (NumberFormatException e) {
            flaw("properties." + field + ": " + Fields.shown(json.getText()) + " (expected: a number of usual size)");
        }
    }

    private void keep(String field, Object value) {
        if (properties.isEmpty()) {
            properties = new HashMap<>();
        }
        properties.put(field, value);
    }

    private boolean isObject(String field) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            flaw(field + ": " + kind() + " (expected: a JSON object)");
            json.skipChildren();
        }
        return false;
    }

    /** A text; a number is taken as one, since ids often are numbers. */
    private @Nullable String text(String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getText();
            case VALUE_NULL -> null;
            default -> {
                flaw(field + ": " + kind() + " (expected: a text)");
                yield skipped();
            }
        };
    }

    private @Nullable String skipped() throws IOException {
        json.skipChildren();
        return null;
    }

    /** The first flaw is the one that the sender is told. */
    private void flaw(String reason) {
        if (flaw == null) {
            flaw = reason;
        }
    }

    private String kind() {
        return JsonProblems.kind(json.currentToken());
    }

    private int tokenStart() {
        return (int) json.currentTokenLocation().getByteOffset();
    }

    private int here() {
        return (int) json.currentLocation().getByteOffset();
    }
}
