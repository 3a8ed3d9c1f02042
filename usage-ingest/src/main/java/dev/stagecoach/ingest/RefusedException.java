package dev.stagecoach.ingest;

import org.jspecify.annotations.Nullable;

/** A request that was not taken. The message tells its sender what to do about it. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    public RefusedException(Refusal refusal, String message) {
        this(refusal, message, null);
    }

    public RefusedException(Refusal refusal, String message, @Nullable Throwable cause) {
        // Senders cause it at will: no stack trace of its own.
        super(message, cause, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
