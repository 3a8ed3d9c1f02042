package dev.stagecoach.local.quarantine;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import io.smallrye.faulttolerance.api.Guard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** usage-ingest, to which rejected usage is sent again as it came. One that is busy or away for a moment is asked again. */
public final class Ingest {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long PATIENCE_SECONDS = 90;
    private static final long PAUSE_MILLIS = 1_000;

    private final URI address;
    private final String authorization;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private final Guard guard = Guard.create()
            .withRetry()
            .maxRetries(-1)
            .maxDuration(PATIENCE_SECONDS, ChronoUnit.SECONDS)
            .delay(PAUSE_MILLIS, ChronoUnit.MILLIS)
            .retryOn(Away.class)
            .done()
            .build();

    /** @param key a write key that speaks for every account */
    public Ingest(URI address, String key) {
        this.address = address;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
    }

    /** It cannot answer now. */
    private static final class Away extends Exception {

        private static final long serialVersionUID = 1L;

        Away(String message) {
            super(message);
        }

        Away(IOException cause) {
            super(cause.toString(), cause);
        }
    }

    /**
     * Sends pieces again in one request.
     *
     * @throws Complaint if the key will not do, or usage-ingest stays away
     */
    IngestAnswer send(Parcel parcel) {
        var answer = callPatiently(request(parcel));
        return IngestAnswer.of(parcel.pieces().size(), answer.statusCode(), answer.body());
    }

    private HttpRequest request(Parcel parcel) {
        var head = parcel.head();
        var request = HttpRequest.newBuilder(URI.create(address + head.source()))
                .timeout(ANSWER)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Stagecoach-Received-At", head.receivedAt().toString())
                .POST(BodyPublishers.ofByteArray(
                        head.isBatch() ? batch(parcel) : parcel.bytes().get(0)));
        if (head.account() != null) {
            request.header("Stagecoach-Account", head.account());
        }
        if (head.keyId() != null) {
            request.header("Stagecoach-Key-Id", head.keyId());
        }
        return request.build();
    }

    /** The pieces go into it byte by byte as they came: ids are derived from them. */
    private static byte[] batch(Parcel parcel) {
        var body = new ByteArrayOutputStream();
        try (JsonGenerator json = EventCodec.json().createGenerator(body)) {
            json.writeStartObject();
            if (parcel.head().sentAt() != null) {
                json.writeStringField("sentAt", parcel.head().sentAt());
            }
            if (parcel.head().groupId() != null) {
                json.writeStringField("groupId", parcel.head().groupId());
            }
            json.writeArrayFieldStart("batch");
            for (byte[] piece : parcel.bytes()) {
                json.writeRawValue(new String(piece, StandardCharsets.UTF_8));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toByteArray();
    }

    @SuppressWarnings("unchecked") // the guard takes a class, and there is none of a generic type
    private HttpResponse<String> callPatiently(HttpRequest request) {
        try {
            return guard.call(() -> call(request), HttpResponse.class);
        } catch (Away e) {
            throw new Complaint(
                    "usage-ingest at " + address + " took nothing within " + PATIENCE_SECONDS + " s: " + e.getMessage()
                            + ".",
                    e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> call(HttpRequest request) throws Away {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 503 || answer.statusCode() == 429) {
                throw new Away("it answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new Away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }
}
