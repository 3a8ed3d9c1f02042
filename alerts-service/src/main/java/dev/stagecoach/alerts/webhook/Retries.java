package dev.stagecoach.alerts.webhook;

import dev.stagecoach.alerts.webhook.Verdict.State;
import java.time.Duration;
import java.util.List;

/**
 * When a message is tried again, and when an endpoint is given up. A message that fails delays no other, but an endpoint
 * that takes nothing is asked less and less often.
 *
 * @param delays after the first failure, after the second, and so on
 * @param longestPause the most that an endpoint is left alone because it fails
 */
public record Retries(List<Duration> delays, Duration longestPause) {
    public Retries {
        delays = List.copyOf(delays);
        if (delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("delays: " + delays + " (expected: none below 0)");
        }
    }

    /**
     * What an attempt means.
     *
     * @param tries of the message before this one
     * @param failingFor how long the endpoint has taken nothing; 0 when it took the message before
     */
    public Verdict after(Attempt attempt, int tries, Duration failingFor) {
        if (attempt.succeeded()) {
            return new Verdict(State.SENT, Duration.ZERO, Duration.ZERO, null);
        }
        if (attempt.isGone()) {
            return parked("the endpoint answers 410 Gone: it wants no more messages");
        }
        Duration asked = attempt.retryAfter() == null ? Duration.ZERO : attempt.retryAfter();
        Duration pause = longer(asked, shorter(failingFor.dividedBy(2), longestPause));
        if (tries < delays.size()) {
            return new Verdict(State.WAITING, longer(delays.get(tries), asked), pause, null);
        }
        return failingFor.compareTo(total()) >= 0
                ? parked("the endpoint has taken nothing for " + text(failingFor) + ", last " + attempt.text())
                : new Verdict(State.FAILED, Duration.ZERO, pause, null);
    }

    /** What waits for a parked endpoint goes on to wait. */
    private static Verdict parked(String why) {
        return new Verdict(State.WAITING, Duration.ZERO, Duration.ZERO, why);
    }

    private Duration total() {
        return delays.stream().reduce(Duration.ZERO, Duration::plus);
    }

    private static String text(Duration time) {
        return time.toHours() > 0 ? time.toHours() + " h" : time.toSeconds() + " s";
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
