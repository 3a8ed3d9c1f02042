package dev.stagecoach.alerts.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt.
 *
 * @param state of the message from now on
 * @param retryIn when it is tried again, if it waits
 * @param pause how long the endpoint is left alone
 * @param parkedBecause why nothing is sent to the endpoint until somebody looks; null when it goes on
 */
public record Verdict(
        State state,
        Duration retryIn,
        Duration pause,
        @Nullable String parkedBecause) {
    /** Of a message. */
    public enum State {
        WAITING,
        SENT,
        FAILED
    }
}
