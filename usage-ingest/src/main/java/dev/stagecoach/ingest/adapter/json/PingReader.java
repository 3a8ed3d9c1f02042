package dev.stagecoach.ingest.adapter.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.ingest.PingBody;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.field.UnusableException;
import java.io.IOException;
import java.time.Instant;

/** Reads pings, as they come from one kind of sender. */
public final class PingReader {
    /** What instances send to their update check. */
    public static final PingReader UPDATE_CHECK = new PingReader(new UpdateCheckFormat());

    /** What any other product sends. */
    public static final PingReader PLAIN = new PingReader(new PlainFormat());

    private static final ObjectReader JSON = EventCodec.json()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Numbers stay as they were written.
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private final PingFormat format;

    private PingReader(PingFormat format) {
        this.format = format;
    }

    /**
     * The ping in a body.
     *
     * @param receivedAt when it came
     * @throws RefusedException when the body is no JSON object
     */
    public PingBody read(byte[] body, Instant receivedAt) {
        return read(parse(body), receivedAt);
    }

    /** The ping in a JSON object. */
    PingBody read(ObjectNode json, Instant receivedAt) {
        try {
            return new PingBody(format.keyIn(json), format.read(json, receivedAt), null, json);
        } catch (UnusableException e) {
            return new PingBody(format.keyIn(json), null, e.reason(), json);
        }
    }

    private static ObjectNode parse(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw new RefusedException(Refusal.UNREADABLE, "body: no JSON object (expected: a ping as a JSON object)");
        } catch (IOException e) {
            throw new RefusedException(
                    Refusal.UNREADABLE, "body: " + JsonProblems.describe(e) + " (expected: a JSON object)", e);
        } catch (NumberFormatException e) {
            // JSON allows what no computer can hold.
            throw new RefusedException(
                    Refusal.UNREADABLE, "body: a number that is too large (expected: a JSON object)", e);
        }
    }
}
