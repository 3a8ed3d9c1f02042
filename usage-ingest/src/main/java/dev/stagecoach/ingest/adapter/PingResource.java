package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.ReceiptClock;
import dev.stagecoach.ingest.RecordPing;
import dev.stagecoach.ingest.adapter.json.PingReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes what instances report about themselves. */
@Path("/")
final class PingResource {
    private final RecordPing recordPing;
    private final RequestBodies bodies;
    private final ReceiptClock clock;

    PingResource(RecordPing recordPing, RequestBodies bodies, ReceiptClock clock) {
        this.recordPing = recordPing;
        this.bodies = bodies;
        this.clock = clock;
    }

    @POST
    @Path("/v1/pings")
    @Blocking
    public CompletionStage<Void> ping(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return record(PingReader.PLAIN, "/v1/pings", authorization, encoding, body);
    }

    @POST
    @Path("/updates")
    @Blocking
    public CompletionStage<Void> updates(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return record(PingReader.UPDATE_CHECK, "/updates", authorization, encoding, body);
    }

    @POST
    @Path("/.api/updates")
    @Blocking
    public CompletionStage<Void> olderUpdates(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return record(PingReader.UPDATE_CHECK, "/.api/updates", authorization, encoding, body);
    }

    private CompletionStage<Void> record(
            PingReader reader,
            String path,
            @Nullable String authorization,
            @Nullable String encoding,
            InputStream body) {
        return bodies.readPing(
                body,
                encoding,
                bytes -> recordPing.record(
                        reader.read(bytes, clock.now()), path, PresentedKey.in(authorization), bytes));
    }
}
