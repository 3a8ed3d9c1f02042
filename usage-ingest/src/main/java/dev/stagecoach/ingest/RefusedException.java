package dev.stagecoach.ingest;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that was not taken. The message tells its sender what to do about it. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final transient @Nullable Duration retryAfter;

    public RefusedException(Refusal refusal, String message) {
        this(refusal, message, (Throwable) null);
    }

    public RefusedException(Refusal refusal, String message, @Nullable Throwable cause) {
        this(refusal, message, cause, null);
    }

    /** For a sender that is to come back, and when. */
    public RefusedException(Refusal refusal, String message, Duration retryAfter) {
        this(refusal, message, null, retryAfter);
    }

    private RefusedException(
            Refusal refusal, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        // Senders cause it at will: no stack trace of its own.
        super(message, cause, false, false);
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** When to come back, if that is known better than by configuration. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
