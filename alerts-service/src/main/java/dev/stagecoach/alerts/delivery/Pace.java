package dev.stagecoach.alerts.delivery;

import dev.stagecoach.alerts.delivery.Outcome.Busy;
import dev.stagecoach.alerts.delivery.Outcome.Posted;
import dev.stagecoach.alerts.delivery.Outcome.Refused;
import dev.stagecoach.alerts.delivery.Outcome.Unavailable;
import dev.stagecoach.alerts.delivery.Step.State;
import java.time.Duration;

/**
 * How fast a channel is written to. A message that can still succeed keeps its place, so that an outage delays messages but
 * neither loses nor reorders them.
 *
 * @param spacing between two messages
 * @param firstBackOff after the first failure; doubled with each further one
 * @param longestBackOff the most it grows to
 */
public record Pace(Duration spacing, Duration firstBackOff, Duration longestBackOff) {
    private static final int MOST_DOUBLINGS = 20;

    /**
     * What an attempt means for the message and its channel.
     *
     * @param attempts how often the message had been tried before this one
     */
    public Step after(Outcome outcome, int attempts) {
        if (outcome instanceof Posted) {
            return new Step(State.SENT, spacing, null);
        }
        if (outcome instanceof Busy busy) {
            Duration pause = longer(busy.retryAfter(), spacing);
            return new Step(State.WAITING, pause, "busy, asked for " + pause.toSeconds() + " s");
        }
        if (outcome instanceof Unavailable unavailable) {
            return new Step(State.WAITING, backOff(attempts), unavailable.why());
        }
        return new Step(State.FAILED, spacing, ((Refused) outcome).why());
    }

    private Duration backOff(int attempts) {
        Duration grown = firstBackOff.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        return grown.compareTo(longestBackOff) > 0 ? longestBackOff : grown;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
