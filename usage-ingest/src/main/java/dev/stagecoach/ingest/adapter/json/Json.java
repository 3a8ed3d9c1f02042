package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.ingest.field.Fields;
import org.jspecify.annotations.Nullable;

/** Reads members of JSON objects whose types nobody guarantees. */
final class Json {
    /** More users than this no instance has: its counter is broken. */
    static final int MOST_USERS = 1_000_000_000;

    private Json() {}

    /** The first of these members that is a text or a number, as text. */
    static @Nullable String text(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value != null
                    && (value.isTextual() || value.isNumber())
                    && !value.asText().isBlank()) {
                return value.asText();
            }
        }
        return null;
    }

    /** A value as quoted in messages. */
    static String shown(JsonNode value) {
        return value.isTextual() ? Fields.shown(value.textValue()) : Fields.shortened(value.toString());
    }

    /** Null unless the member is a whole number from 0 to {@value #MOST_USERS}. */
    static @Nullable Integer users(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            return null;
        }
        int users = value.intValue();
        return users >= 0 && users <= MOST_USERS ? (Integer) users : null;
    }
}
