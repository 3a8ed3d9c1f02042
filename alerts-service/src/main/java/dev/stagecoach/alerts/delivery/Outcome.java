package dev.stagecoach.alerts.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an attempt to post a message. */
public sealed interface Outcome {
    /**
     * The chat took it.
     *
     * @param message what the chat calls it, if it says so
     */
    record Posted(@Nullable String message) implements Outcome {}

    /** The chat wants to be left alone for a while. */
    record Busy(Duration retryAfter) implements Outcome {}

    /** Nobody answered, or not as themselves: worth another attempt. */
    record Unavailable(String why) implements Outcome {}

    /** The place takes nothing until somebody sets it right: what is to go there waits. */
    record Closed(String why) implements Outcome {}

    /** The thread it should answer takes no answers: it can start a new one. */
    record NoThread(String why) implements Outcome {}

    /** The chat will not take it, now or later. */
    record Refused(String why) implements Outcome {}
}
