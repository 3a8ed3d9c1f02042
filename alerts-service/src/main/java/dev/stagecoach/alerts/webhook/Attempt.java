package dev.stagecoach.alerts.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to.
 *
 * @param status of HTTP; null when there was no answer
 * @param retryAfter for how long the endpoint wants to be left alone, if it says so
 * @param answer the start of what it said, or why there was no answer
 */
public record Attempt(@Nullable Integer status, @Nullable Duration retryAfter, String answer, Duration took) {
    private static final int GONE = 410;

    boolean succeeded() {
        return status != null && status / 100 == 2;
    }

    boolean isGone() {
        return status != null && status == GONE;
    }

    /** What came back, in one line. */
    public String text() {
        return status == null ? answer : (status + " " + answer).strip();
    }
}
