package dev.stagecoach.alerts;

import dev.stagecoach.alerts.act.Act;
import dev.stagecoach.alerts.act.Handling;
import java.time.Instant;
import java.util.Optional;

/** Does what a person wants to be done with an alert. */
public final class ActOnAlerts {
    /**
     * Where the alert stands then; empty when there is no such alert. An act that changes nothing and says nothing leaves no
     * trace, so that a repetition does not count.
     *
     * @throws IllegalArgumentException as {@link Handling#after(Act, Instant)}
     */
    public Optional<Handling> act(String alert, Act act, Instant now, Handlings handlings) {
        Optional<Handling> before = handlings.of(alert);
        if (before.isEmpty()) {
            return before;
        }
        Handling after = before.get().after(act, now);
        if (!after.equals(before.get()) || act.comment() != null) {
            handlings.keep(alert, after, act, now);
        }
        return Optional.of(after);
    }
}
