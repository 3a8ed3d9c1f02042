package dev.stagecoach.alerts;

import dev.stagecoach.alerts.act.Act;
import dev.stagecoach.alerts.act.Handling;
import java.time.Instant;
import java.util.Optional;

/** Where alerts stand, and what was done with each. */
public interface Handlings {
    /** Where an alert stands, which nobody else changes meanwhile; empty when there is no such alert. */
    Optional<Handling> of(String alert);

    /** Keeps where it stands from now on and what made it so, and tells whoever looks at it. */
    void keep(String alert, Handling handling, Act act, Instant at);
}
