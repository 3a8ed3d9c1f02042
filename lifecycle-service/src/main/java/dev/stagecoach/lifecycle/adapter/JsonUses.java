package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.stagecoach.events.EventCodec;
import java.util.Map;

/** Uses by feature, as they are kept. */
final class JsonUses {
    private static final TypeReference<Map<String, Long>> USES = new TypeReference<>() {};
    private static final String NONE = "{}";

    private JsonUses() {}

    static Map<String, Long> read(String json) {
        if (json.equals(NONE)) {
            return Map.of();
        }
        try {
            return EventCodec.json().readValue(json, USES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored uses of features cannot be read: " + json, e);
        }
    }

    static String write(Map<String, Long> uses) {
        if (uses.isEmpty()) {
            return NONE;
        }
        try {
            return EventCodec.json().writeValueAsString(uses);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("uses of features cannot be written as JSON: " + uses, e);
        }
    }
}
