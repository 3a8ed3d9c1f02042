package dev.stagecoach.alerts.act;

import dev.stagecoach.alerts.rule.Alert;
import dev.stagecoach.alerts.rule.Matter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an alert comes to the team: loud; quiet, in the state of one that people know of; or not at all, so soon after the one
 * before. What is worse than the one before is always loud.
 */
public sealed interface Arrival {
    /** It is open and goes to the chat. */
    record Loud() implements Arrival {}

    /** It is recorded and on its topic, in the state of an earlier one, and in no chat. */
    record Quiet(Earlier like) implements Arrival {}

    /** Nothing is raised: the kind's cool-down is not over. */
    record LeftOut() implements Arrival {}

    /** The alert as it is told: one that comes quietly says in which state, and like which one. */
    default Alert arriving(Alert alert) {
        return this instanceof Quiet quiet
                ? alert.with(Alert.STATE, quiet.like().state().wireName())
                        .with("like", quiet.like().id())
                : alert;
    }

    /**
     * Decides for an alert.
     *
     * @param earlier alerts of its account and matter from before it, and from up to the cool-down after it, newest first, itself
     *     left out
     * @param acknowledgedFor for how long an acknowledgement keeps others quiet
     */
    static Arrival of(Alert alert, List<Earlier> earlier, Duration acknowledgedFor) {
        Matter matter = alert.matter();
        if (matter == null) {
            return new Loud();
        }
        if (earlier.stream().anyMatch(one -> isNoWorse(matter, one) && isWithinCoolDown(alert, one))) {
            return new LeftOut();
        }
        Optional<Earlier> last =
                earlier.stream().filter(one -> !one.at().isAfter(alert.at())).findFirst();
        return last.filter(one -> isNoWorse(matter, one) && keepsQuiet(one, alert.at(), acknowledgedFor))
                .<Arrival>map(Quiet::new)
                .orElseGet(Loud::new);
    }

    private static boolean isNoWorse(Matter matter, Earlier one) {
        return one.direction().equals(matter.direction()) && matter.severity() <= one.severity();
    }

    private static boolean isWithinCoolDown(Alert alert, Earlier one) {
        return Duration.between(one.at(), alert.at()).abs().compareTo(alert.coolDown()) < 0;
    }

    private static boolean keepsQuiet(Earlier one, Instant at, Duration acknowledgedFor) {
        return switch (one.state()) {
            case OPEN -> false;
            case ACKNOWLEDGED ->
                one.stateAt() != null && at.isBefore(one.stateAt().plus(acknowledgedFor));
            case SNOOZED -> one.snoozedUntil() != null && at.isBefore(one.snoozedUntil());
        };
    }
}
