package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question to another service that is under way, so that several are asked at a time and a page waits for the slowest only.
 *
 * @param answer completes within the limit, never with a failure
 */
record PeerQuestion<T>(CompletableFuture<PeerAnswer<T>> answer) {
    private static final Logger LOG = LoggerFactory.getLogger(PeerQuestion.class);

    /**
     * Asks.
     *
     * @param peer the name of the other service
     * @param limit how long its answer is waited for
     */
    static <T> PeerQuestion<T> ask(String peer, Uni<T> question, Duration limit) {
        return new PeerQuestion<>(question.ifNoItem()
                .after(limit)
                .fail()
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("it answered nothing"))
                .map(PeerAnswer::of)
                .onFailure()
                .recoverWithItem(failure -> none(peer, failure, limit))
                .subscribeAsCompletionStage());
    }

    PeerAnswer<T> await() {
        return answer.join();
    }

    private static <T> PeerAnswer<T> none(String peer, Throwable failure, Duration limit) {
        if (failure instanceof PeerRefusedException refusal) {
            return refused(peer, refusal);
        }
        if (failure instanceof TimeoutException) {
            return PeerAnswer.missing(peer + " did not answer within " + limit.toMillis() + " ms");
        }
        if (isUnreadable(failure)) {
            LOG.error("the answer of {} is not understood", peer, failure);
            return PeerAnswer.missing(peer + " answered what this version of alerts-service does not understand");
        }
        return PeerAnswer.missing(peer + " does not answer: " + innermost(failure));
    }

    private static <T> PeerAnswer<T> refused(String peer, PeerRefusedException refusal) {
        if (refusal.status() == 404) {
            return PeerAnswer.unknown(String.valueOf(refusal.getMessage()));
        }
        return PeerAnswer.missing(
                refusal.status() == 401 || refusal.status() == 403
                        ? peer + " does not let alerts-service in (" + refusal.status()
                                + "): stagecoach.alerts.peers.token must be a token that it knows"
                        : peer + " answered with " + refusal.status() + ": " + refusal.getMessage());
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof JsonProcessingException
                || (failure.getCause() != null && isUnreadable(failure.getCause()));
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
