package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.Receipt;
import dev.stagecoach.ingest.Receipt.Rejection;
import dev.stagecoach.ingest.RecordEvents;
import dev.stagecoach.ingest.adapter.json.TrackingReader;
import dev.stagecoach.ingest.tracking.TrackingBody;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The Segment tracking API. The content type is not looked at, since browsers send {@code text/plain} to be spared a preflight
 * request.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
final class TrackingResource {
    private final RecordEvents recordEvents;
    private final TrackingReader reader;
    private final RequestBodies bodies;

    TrackingResource(RecordEvents recordEvents, TrackingReader reader, RequestBodies bodies) {
        this.recordEvents = recordEvents;
        this.reader = reader;
        this.bodies = bodies;
    }

    @POST
    @Path("/v1/batch")
    @Blocking
    public CompletionStage<Answer> batch(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return recordBatch("/v1/batch", authorization, encoding, body);
    }

    @POST
    @Path("/v1/import")
    @Blocking
    public CompletionStage<Answer> importPast(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return recordBatch("/v1/import", authorization, encoding, body);
    }

    @POST
    @Path("/v1/{call: track|page|screen|identify|group|alias}")
    @Blocking
    public CompletionStage<Answer> call(
            @PathParam("call") String call,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body) {
        return bodies.read(
                body, encoding, bytes -> record(reader.readSingle(call, bytes), "/v1/" + call, authorization, bytes));
    }

    private CompletionStage<Answer> recordBatch(
            String path, @Nullable String authorization, @Nullable String encoding, InputStream body) {
        return bodies.read(body, encoding, bytes -> record(reader.readBatch(bytes), path, authorization, bytes));
    }

    private CompletionStage<Answer> record(
            TrackingBody events, String path, @Nullable String authorization, byte[] body) {
        return recordEvents
                .record(events, path, PresentedKey.in(authorization), body)
                .thenApply(Answer::to);
    }

    /** What SDKs parse, and what became of the events. */
    record Answer(boolean success, int received, int recorded, int ignored, List<Rejection> rejected) {
        static Answer to(Receipt receipt) {
            return new Answer(true, receipt.received(), receipt.recorded(), receipt.ignored(), receipt.rejected());
        }
    }
}
