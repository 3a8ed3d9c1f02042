package dev.stagecoach.alerts;

import java.time.Instant;

/** The time as ticks tell it. */
public interface Time {
    /** Moves time on; an instant before the known one changes nothing. */
    void is(Instant tick);
}
