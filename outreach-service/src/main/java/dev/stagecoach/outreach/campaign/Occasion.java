package dev.stagecoach.outreach.campaign;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that happened at an account and may start campaigns.
 *
 * @param id the event's id; the same happening has the same id
 * @param at when it happened
 * @param seenAt when this service learnt of it, in event time
 */
public record Occasion(String id, Trigger trigger, Instant at, Instant seenAt) {
    /** Whether it was already older than the horizon when it became known. */
    public boolean cameTooLate(Duration horizon) {
        return Duration.between(at, seenAt).compareTo(horizon) > 0;
    }

    /** Whether it is too long ago now to start anything. */
    public boolean isPast(Duration horizon, Instant now) {
        return Duration.between(at, now).compareTo(horizon) > 0;
    }
}
