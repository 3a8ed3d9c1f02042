package dev.stagecoach.alerts.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt.
 *
 * @param state what the message is from now on
 * @param pause how long the channel rests before its next message
 * @param error what to show, if anything went wrong
 */
public record Step(State state, Duration pause, @Nullable String error) {
    /** Of a message. */
    public enum State {
        WAITING,
        SENT,
        FAILED
    }
}
