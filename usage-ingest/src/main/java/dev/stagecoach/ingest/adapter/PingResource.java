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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes what instances report about themselves. */
@Path("/")
@Tag(name = "Instance pings")
@APIResponse(responseCode = "204", description = "Stored.")
@APIResponse(
        responseCode = "400",
        description = "Not a ping; kept in quarantine when it is JSON and came with a valid key.")
@APIResponse(responseCode = "401", description = "The licence or write key is missing or unknown.")
@APIResponse(responseCode = "403", description = "The key does not speak for the account that the ping names.")
@APIResponse(responseCode = "413", description = "Too large.")
@APIResponse(responseCode = "422", description = "Nobody can say which account the instance belongs to.")
@APIResponse(responseCode = "503", description = "Not confirmed by Kafka in time; send it again after Retry-After.")
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
    @Operation(operationId = "ping", summary = "Records the ping of an instance of any product")
    public CompletionStage<Void> ping(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return record(PingReader.PLAIN, "/v1/pings", authorization, encoding, body);
    }

    @POST
    @Path("/updates")
    @Blocking
    @Operation(operationId = "updates", summary = "Records the update check of an instance")
    public CompletionStage<Void> updates(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return record(PingReader.UPDATE_CHECK, "/updates", authorization, encoding, body);
    }

    @POST
    @Path("/.api/updates")
    @Blocking
    @Operation(operationId = "olderUpdates", summary = "Records the update check of an older instance")
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
