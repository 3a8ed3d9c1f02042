package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.IngestCounters;
import dev.stagecoach.ingest.RefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with a problem whatever goes wrong. */
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    private final IngestCounters counters;
    private final String retryAfterSeconds;

    Problems(IngestCounters counters, IngestConfig config) {
        this.counters = counters;
        this.retryAfterSeconds = Long.toString(Math.max(1, config.retryAfter().toSeconds()));
    }

    @ServerExceptionMapper
    Response refused(RefusedException refused) {
        counters.refused(refused.refusal());
        Response.ResponseBuilder response = Problem.response(statusOf(refused), refused.getMessage());
        return switch (refused.refusal()) {
            case UNKNOWN_KEY ->
                response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"usage-ingest\", charset=\"UTF-8\"")
                        .build();
            case BUSY, NOT_READY, NOT_STORED ->
                response.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds).build();
            // The rest of such a body has not been read, and is not going to be.
            case TOO_LARGE -> response.header("Connection", "close").build();
            default -> response.build();
        };
    }

    private static int statusOf(RefusedException refused) {
        return switch (refused.refusal()) {
            case UNREADABLE, UNUSABLE -> 400;
            case UNKNOWN_KEY -> 401;
            case FOREIGN_ACCOUNT -> 403;
            case TOO_LARGE -> 413;
            case NO_ACCOUNT -> 422;
            case BUSY, NOT_READY, NOT_STORED -> 503;
        };
    }

    @ServerExceptionMapper
    Response failedLater(CompletionException failure) {
        return failure.getCause() instanceof RefusedException refused ? refused(refused) : unexpected(failure);
    }

    /** Paths, methods and the like that do not exist. */
    @ServerExceptionMapper
    Response notHttp(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return Problem.response(
                        status,
                        switch (status) {
                            case 404 -> "nothing at this path (expected: one that /q/openapi lists)";
                            case 405 -> "this path does not take this method (expected: POST)";
                            default -> failure.getMessage();
                        })
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        LOG.error("A request failed", failure);
        return Problem.response(500, "an error in usage-ingest; its log says more")
                .build();
    }
}
