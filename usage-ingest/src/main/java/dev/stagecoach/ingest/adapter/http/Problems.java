package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.IngestCounters;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Makes an answer of whatever goes wrong. */
@Singleton
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    private static final Map<String, String> ASK_FOR_KEY =
            Map.of("WWW-Authenticate", "Basic realm=\"usage-ingest\", charset=\"UTF-8\"");

    /** The rest of such a body has not been read, and is not going to be. */
    private static final Map<String, String> NO_MORE = Map.of("Connection", "close");

    private final IngestCounters counters;
    private final Map<String, String> comeBack;

    Problems(IngestCounters counters, IngestConfig config) {
        this.counters = counters;
        this.comeBack = comeBackAfter(config.retryAfter().toSeconds());
    }

    private static Map<String, String> comeBackAfter(long seconds) {
        return Map.of("Retry-After", Long.toString(Math.max(1, seconds)));
    }

    Reply of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RefusedException refused) {
            counters.refused(refused.refusal());
            return Problem.answer(statusOf(refused.refusal()), String.valueOf(refused.getMessage()), headers(refused));
        }
        LOG.error("A request failed", cause);
        return Problem.answer(500, "an error in usage-ingest; its log says more");
    }

    private static int statusOf(Refusal refusal) {
        return switch (refusal) {
            case UNREADABLE, UNUSABLE -> 400;
            case UNKNOWN_KEY -> 401;
            case TOO_SLOW -> 408;
            case FOREIGN_ACCOUNT -> 403;
            case TOO_LARGE -> 413;
            case NO_ACCOUNT -> 422;
            case TOO_FAST -> 429;
            case BUSY, NOT_READY, NOT_STORED -> 503;
        };
    }

    private Map<String, String> headers(RefusedException refused) {
        return switch (refused.refusal()) {
            case UNKNOWN_KEY -> ASK_FOR_KEY;
            case TOO_LARGE, TOO_SLOW -> NO_MORE;
            case TOO_FAST, BUSY, NOT_READY, NOT_STORED ->
                refused.retryAfter()
                        .map(wait -> comeBackAfter(wait.toSeconds()))
                        .orElse(comeBack);
            case UNREADABLE, UNUSABLE, FOREIGN_ACCOUNT, NO_ACCOUNT -> Map.of();
        };
    }
}
