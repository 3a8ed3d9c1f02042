package dev.stagecoach.alerts.delivery;

import dev.stagecoach.alerts.delivery.Message.Digest;
import dev.stagecoach.alerts.delivery.Outcome.Busy;
import dev.stagecoach.alerts.delivery.Outcome.Closed;
import dev.stagecoach.alerts.delivery.Outcome.NoThread;
import dev.stagecoach.alerts.delivery.Outcome.Posted;
import dev.stagecoach.alerts.delivery.Outcome.Refused;
import dev.stagecoach.alerts.delivery.Outcome.Unavailable;
import dev.stagecoach.alerts.delivery.Step.State;
import java.time.Duration;

/**
 * How fast a place is written to. A message that can still succeed keeps its turn, so that an outage delays messages but
 * neither loses nor reorders them.
 *
 * @param spacing between two messages
 * @param digestSpacing after a digest that left nothing, so that a burst that goes on becomes few digests
 * @param firstBackOff after the first failure; doubled with each further one
 * @param longestBackOff the most it grows to
 */
public record Pace(Duration spacing, Duration digestSpacing, Duration firstBackOff, Duration longestBackOff) {
    private static final int MOST_DOUBLINGS = 20;

    /** What an attempt means for the message and its place. */
    public Step after(Outcome outcome, Message message) {
        if (outcome instanceof Posted posted) {
            return new Step(State.SENT, rest(message), null, posted.message(), false);
        }
        if (outcome instanceof Busy busy) {
            Duration pause = longer(busy.retryAfter(), spacing);
            return Step.of(State.WAITING, pause, "busy, asked for " + pause.toSeconds() + " s");
        }
        if (outcome instanceof Unavailable unavailable) {
            return Step.of(State.WAITING, backOff(message.attempts()), unavailable.why());
        }
        if (outcome instanceof Closed closed) {
            return Step.of(State.WAITING, backOff(message.attempts()), closed.why());
        }
        if (outcome instanceof NoThread lost) {
            return new Step(State.WAITING, spacing, lost.why(), null, true);
        }
        return Step.of(State.FAILED, spacing, ((Refused) outcome).why());
    }

    private Duration rest(Message message) {
        return message instanceof Digest digest && digest.left() == 0 ? longer(digestSpacing, spacing) : spacing;
    }

    private Duration backOff(int attempts) {
        Duration grown = longer(firstBackOff.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS)), spacing);
        return grown.compareTo(longestBackOff) > 0 ? longestBackOff : grown;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
