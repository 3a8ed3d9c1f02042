package dev.stagecoach.events;

import org.jspecify.annotations.Nullable;

/** A record that cannot be an event of the contract: its message says what is wrong with it. */
public final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
