package dev.stagecoach.ingest.field;

/** Readable usage that cannot be recorded. The message is the reason that its sender sees: the value and what was expected. */
public final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableException(String reason) {
        // Part of the normal course, thousands a second when a sender is wrong: no stack trace.
        super(reason, null, false, false);
    }

    /** What the sender is told. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
