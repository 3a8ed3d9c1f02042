package dev.stagecoach.events;

import java.time.Instant;

/** The time, as an event: services that decide read it from here and from nowhere else. */
public record TimeTick(Instant at) implements EventData {
    public TimeTick {
        Checks.plausible("at", at);
    }
}
