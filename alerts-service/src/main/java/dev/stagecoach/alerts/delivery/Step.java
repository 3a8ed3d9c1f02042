package dev.stagecoach.alerts.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt.
 *
 * @param state what the message is from now on
 * @param pause how long the place rests before its next message
 * @param error what to show, if anything went wrong
 * @param message what the chat calls the message, if it took it and says so
 * @param forgetsThread whether the account's thread takes no more answers
 */
public record Step(
        State state,
        Duration pause,
        @Nullable String error,
        @Nullable String message,
        boolean forgetsThread) {

    static Step of(State state, Duration pause, @Nullable String error) {
        return new Step(state, pause, error, null, false);
    }

    /** Of a message. */
    public enum State {
        WAITING,
        SENT,
        FAILED
    }
}
