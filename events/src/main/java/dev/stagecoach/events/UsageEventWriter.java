package dev.stagecoach.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a usage event member by member: there are more of them than of all else together, and reflection takes its time. */
final class UsageEventWriter {
    private UsageEventWriter() {}

    /** The same bytes as the mapper writes. */
    static void write(UsageEvent event, JsonGenerator json, ObjectMapper mapper) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", event.id());
        json.writeStringField("account", event.account());
        writeIfThere(json, "instance", event.instance());
        json.writeStringField("user", event.user());
        json.writeStringField("name", event.name());
        json.writeStringField("feature", event.feature());
        writeIfThere(json, "action", event.action());
        json.writeStringField("at", UtcText.of(event.at()));
        json.writeStringField("receivedAt", UtcText.ofMany(event.receivedAt()));
        if (event.properties() != null) {
            json.writeFieldName("properties");
            mapper.writeTree(json, event.properties());
        }
        json.writeEndObject();
    }

    private static void writeIfThere(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
