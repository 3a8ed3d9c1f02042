package dev.stagecoach.events.exactlyonce;

/** An event is larger than a record of Kafka may be. */
public final class EventTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    EventTooLargeException(String message) {
        super(message);
    }
}
