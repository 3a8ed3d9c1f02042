package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import java.io.IOException;

/** Bodies of which it matters where in their bytes something stands. */
final class JsonBody {
    /** How long a number is matters only where it is kept; one that is not must not cost the events beside it. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonBody() {}

    /**
     * A parser that has read nothing yet.
     *
     * @param expected what should be in the body, in words
     * @throws RefusedException when there is nothing, or it is not UTF-8: the parser counts no bytes of anything else
     */
    static JsonParser parser(byte[] body, String expected) throws IOException {
        if (body.length == 0) {
            throw new RefusedException(Refusal.UNREADABLE, "body: empty (expected: " + expected + ")");
        }
        if (body.length >= 2 && (body[0] == 0 || body[1] == 0 || body[0] == (byte) 0xFE || body[0] == (byte) 0xFF)) {
            throw new RefusedException(Refusal.UNREADABLE, "body: UTF-16 or UTF-32 (expected: JSON in UTF-8)");
        }
        return JSON.createParser(body);
    }
}
