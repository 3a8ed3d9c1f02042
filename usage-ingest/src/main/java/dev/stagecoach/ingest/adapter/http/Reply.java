package dev.stagecoach.ingest.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.events.EventCodec;
import io.vertx.core.Future;
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
 * @param body written as JSON when it is sent, on the event loop of who listens; null for none
 */
record Reply(
        int status,
        CharSequence type,
        Map<String, String> headers,
        @Nullable Object body) {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    /** Taken, and nothing to say. */
    static final Reply NOTHING_TO_SAY = new Reply(204, JSON, Map.of(), null);

    static Reply ok(Object body) {
        return new Reply(200, JSON, Map.of(), body);
    }

    private static Buffer json(Object body) {
        try {
            return Buffer.buffer(EventCodec.json().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + body.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /** Completes when it has been sent, or nobody listens any more. */
    Future<Void> send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (body == null) {
            return response.end();
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(json(body));
    }
}
