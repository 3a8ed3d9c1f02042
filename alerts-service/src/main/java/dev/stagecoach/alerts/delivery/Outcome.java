package dev.stagecoach.alerts.delivery;

import java.time.Duration;

/** What became of an attempt to post a message. */
public sealed interface Outcome {
    /** The chat took it. */
    record Posted() implements Outcome {}

    /** The chat wants to be left alone for a while. */
    record Busy(Duration retryAfter) implements Outcome {}

    /** Nobody answered, or not as themselves: worth another attempt. */
    record Unavailable(String why) implements Outcome {}

    /** The chat will not take it, now or later. */
    record Refused(String why) implements Outcome {}
}
