package dev.stagecoach.local.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * A request to one of the services.
 *
 * @param contentType the type of the body
 * @param gzip whether the body is compressed
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten; never compared
public record Request(To to, String method, String path, String contentType, boolean gzip, byte[] body) {

    private static final String JSON = "application/json";

    /** Whom it is for. */
    public enum To {
        INGEST(Service.INGEST),
        LIFECYCLE(Service.LIFECYCLE);

        private final Service service;

        To(Service service) {
            this.service = service;
        }

        public Service service() {
            return service;
        }
    }

    static Request put(String path, JsonNode body) {
        return new Request(To.LIFECYCLE, "PUT", path, JSON, false, bytes(body));
    }

    static Request postCsv(String path, String body) {
        return new Request(To.LIFECYCLE, "POST", path, "text/csv", false, body.getBytes(StandardCharsets.UTF_8));
    }

    static Request usage(String path, JsonNode body) {
        return new Request(To.INGEST, "POST", path, JSON, false, bytes(body));
    }

    static Request compressedUsage(String path, JsonNode body) {
        return new Request(To.INGEST, "POST", path, JSON, true, compressed(bytes(body)));
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return EventCodec.json().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }

    private static byte[] compressed(byte[] body) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
