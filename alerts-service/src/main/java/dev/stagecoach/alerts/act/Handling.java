package dev.stagecoach.alerts.act;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert stands, and whose it is.
 *
 * @param since when it came into its state; null while it was never in another
 * @param snoozedUntil when it is open again; null unless it is snoozed
 * @param assignee null while it is nobody's in particular
 */
public record Handling(
        AlertState state,
        @Nullable Instant since,
        @Nullable Instant snoozedUntil,
        @Nullable String assignee) {
    /** How a loud alert begins. */
    public static final Handling NEW = new Handling(AlertState.OPEN, null, null, null);

    /**
     * After an act. One that asks for what is so already changes nothing.
     *
     * @throws IllegalArgumentException when it is snoozed until an instant that is not to come
     */
    public Handling after(Act act, Instant now) {
        if (act instanceof Act.Acknowledge) {
            return state == AlertState.ACKNOWLEDGED ? this : new Handling(AlertState.ACKNOWLEDGED, now, null, assignee);
        }
        if (act instanceof Act.Snooze snooze) {
            return snoozed(snooze.until(), now);
        }
        if (act instanceof Act.Assign assign) {
            return new Handling(state, since, snoozedUntil, assign.assignee());
        }
        if (act instanceof Act.Reopen) {
            return state == AlertState.OPEN ? this : new Handling(AlertState.OPEN, now, null, assignee);
        }
        return this;
    }

    private Handling snoozed(Instant until, Instant now) {
        if (!until.isAfter(now)) {
            throw new IllegalArgumentException("until: " + until + " (expected: after " + now + ", which is now)");
        }
        return until.equals(snoozedUntil) ? this : new Handling(AlertState.SNOOZED, now, until, assignee);
    }
}
