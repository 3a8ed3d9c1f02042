package dev.stagecoach.alerts.act;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert of the same matter and account that was raised before.
 *
 * @param severity of what people know: that of the alert whose state it came in, if that is higher
 * @param stateAt when it came into its state; null when it was never in another
 * @param snoozedUntil null unless snoozed
 */
public record Earlier(
        String id,
        Instant at,
        String direction,
        int severity,
        AlertState state,
        @Nullable Instant stateAt,
        @Nullable Instant snoozedUntil,
        @Nullable String assignee) {}
