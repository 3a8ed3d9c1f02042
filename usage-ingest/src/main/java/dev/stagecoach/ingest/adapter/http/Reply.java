package dev.stagecoach.ingest.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.EventCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered.
 *
 * @param type of the body
 * @param headers besides that
 * @param body null for none
 */
record Reply(
        int status,
        CharSequence type,
        Map<String, String> headers,
        @Nullable Buffer body) {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    /** Taken, and nothing to say. */
    static final Reply NOTHING_TO_SAY = new Reply(204, JSON, Map.of(), null);

    static Reply ok(Object body) {
        return new Reply(200, JSON, Map.of(), json(body));
    }

    static Buffer json(Object body) {
        try {
            return Buffer.buffer(EventCodec.json().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + body.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /** Does nothing when nobody listens any more. */
    @SuppressWarnings("FutureReturnValueIgnored") // Whether the answer arrives is the caller's concern: it asks again.
    void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (body == null) {
            response.end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
        }
    }
}
