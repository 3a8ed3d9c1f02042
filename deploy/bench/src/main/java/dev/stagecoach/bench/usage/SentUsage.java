package dev.stagecoach.bench.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Made-up usage as Segment's SDKs send it: {@code track} events, some 270 bytes of JSON each. */
public final class SentUsage {

    /** SDKs know users by what the product calls them; long pseudonyms come later. */
    private static final int USER_LENGTH = 8;

    private SentUsage() {}

    /** Each event as a JSON object of one line. */
    public static List<byte[]> of(UsageShape shape) {
        var lines = new ArrayList<byte[]>(shape.events());
        new MadeUpUsage(shape).tell(event -> {
            if (event.data() instanceof UsageEvent used) {
                lines.add(line(used));
            }
        });
        return lines;
    }

    private static byte[] line(UsageEvent used) {
        var bytes = new ByteArrayOutputStream();
        try (var json = EventCodec.json().createGenerator(bytes)) {
            write(json, used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, UsageEvent used) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "track");
        json.writeStringField("messageId", used.id());
        json.writeStringField("timestamp", used.at().toString());
        json.writeStringField("userId", used.user().substring(0, USER_LENGTH));
        json.writeStringField("event", used.name());
        json.writeObjectFieldStart("properties");
        json.writeStringField("feature", used.feature());
        json.writeStringField("action", used.action());
        if (used.properties() != null) {
            for (var property : used.properties().properties()) {
                json.writeObjectField(property.getKey(), property.getValue());
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("context");
        json.writeStringField("groupId", used.account());
        json.writeEndObject();
        json.writeEndObject();
    }
}
