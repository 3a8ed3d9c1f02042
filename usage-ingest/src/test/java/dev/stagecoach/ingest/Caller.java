package dev.stagecoach.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Calls usage-ingest over HTTP. */
final class Caller {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    Caller(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /** Without a key, which may be in the body. */
    Reply post(String path, String body) {
        return send(request(path, body.getBytes(StandardCharsets.UTF_8)));
    }

    Reply post(String path, String key, String body) {
        return send(request(path, body.getBytes(StandardCharsets.UTF_8)).header("Authorization", basic(key)));
    }

    /** Like usage that came before, at that time and for that account. */
    Reply replay(String path, String key, String receivedAt, String account, String body) {
        return send(request(path, body.getBytes(StandardCharsets.UTF_8))
                .header("Authorization", basic(key))
                .header(Replayed.RECEIVED_AT, receivedAt)
                .header(Replayed.ACCOUNT, account));
    }

    Reply postZipped(String path, String key, byte[] zipped) {
        return send(request(path, zipped).header("Authorization", basic(key)).header("Content-Encoding", "gzip"));
    }

    /** With headers of one's own: name, value, name, value and so on. */
    Reply postWith(String path, byte[] body, String... headers) {
        return send(request(path, body).headers(headers));
    }

    /** What a browser asks before a page of another origin may post. */
    Reply preflight(String path, String origin) {
        return send(HttpRequest.newBuilder(URI.create(address + path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,content-type"));
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address + path)));
    }

    static byte[] zip(byte[] body) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private HttpRequest.Builder request(String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create(address + path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            try {
                return EventCodec.json().readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(response.body(), e);
            }
        }
    }
}
