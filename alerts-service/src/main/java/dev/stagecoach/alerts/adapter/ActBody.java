package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request to act on an alert says, read with complaints that name the field. */
record ActBody(JsonNode json) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_COMMENT = 4_000;

    /** @throws ProblemException when it is no JSON object, or has other fields than these */
    static ActBody parse(byte[] body, String... names) {
        JsonNode json;
        try {
            json = EventCodec.json().readTree(body);
        } catch (IOException e) {
            throw ProblemException.badRequest(
                    "the body is no JSON (expected: an object with " + String.join(", ", names) + ")");
        }
        if (json == null || !json.isObject()) {
            throw ProblemException.badRequest(
                    "the body is no object (expected: one with " + String.join(", ", names) + ")");
        }
        List<String> known = List.of(names);
        for (Iterator<String> fields = json.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!known.contains(field)) {
                throw ProblemException.badRequest(
                        field + ": unknown (expected one of: " + String.join(", ", known) + ")");
            }
        }
        return new ActBody(json);
    }

    String author() {
        return required("author", "who does this, ana@team.example.com", LONGEST_NAME);
    }

    @Nullable String authorIfAny() {
        return text("author", LONGEST_NAME);
    }

    String comment() {
        return required("comment", "what there is to say", LONGEST_COMMENT);
    }

    @Nullable String commentIfAny() {
        return text("comment", LONGEST_COMMENT);
    }

    /** Null takes the alert off whoever has it, which must be said. */
    @Nullable String assignee() {
        if (!json.has("assignee")) {
            throw ProblemException.badRequest("assignee: missing (expected: a name, or null for nobody)");
        }
        return text("assignee", LONGEST_NAME);
    }

    Instant until() {
        String text = required("until", "an instant, 2027-03-01T08:00:00Z", LONGEST_NAME);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.badRequest("until: " + text + " (expected: an instant, 2027-03-01T08:00:00Z)");
        }
    }

    private String required(String name, String expected, int longest) {
        String text = text(name, longest);
        if (text == null) {
            throw ProblemException.badRequest(name + ": missing (expected: " + expected + ")");
        }
        return text;
    }

    private @Nullable String text(String name, int longest) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ProblemException.badRequest(name + ": " + value + " (expected: a text)");
        }
        String text = value.textValue().strip();
        if (text.isEmpty()) {
            throw ProblemException.badRequest(name + ": empty");
        }
        if (text.length() > longest) {
            throw ProblemException.badRequest(
                    name + ": " + text.length() + " characters (expected: up to " + longest + ")");
        }
        return text;
    }
}
