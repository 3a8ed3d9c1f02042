package dev.stagecoach.ingest.field;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something happened, by the receiver's clock. */
public final class SentTime {
    private SentTime() {}

    /**
     * The time that the sender gave, moved by how far its clock was off when it sent, and never after the receipt: nothing
     * can have happened later than that. Without a time of its own it happened when it was received.
     *
     * @param happenedAt by the sender's clock
     * @param sentAt by the sender's clock too; without it, the sender's clock is taken as right
     * @param tolerance a smaller difference between sending and receipt is the way, not the clock. Without it, sending the same
     *     event again a moment later would move the event, across midnight even.
     */
    public static Instant corrected(
            @Nullable Instant happenedAt, @Nullable Instant sentAt, Instant receivedAt, Duration tolerance) {
        if (happenedAt == null) {
            return receivedAt;
        }
        Instant corrected = happenedAt;
        if (sentAt != null) {
            Duration clockIsOffBy = Duration.between(sentAt, receivedAt);
            if (clockIsOffBy.abs().compareTo(tolerance) > 0) {
                corrected = happenedAt.plus(clockIsOffBy);
            }
        }
        return corrected.isAfter(receivedAt) ? receivedAt : corrected;
    }
}
