package dev.stagecoach.alerts;

import dev.stagecoach.alerts.webhook.Attempt;
import dev.stagecoach.alerts.webhook.Delivery;
import dev.stagecoach.alerts.webhook.Endpoint;
import dev.stagecoach.alerts.webhook.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The messages that wait for webhooks. */
public interface WebhookDeliveries {
    /**
     * Takes the message that has been due longest, so that nobody else takes it while it is tried. If this process ends
     * during the attempt, the message is due again a little later, under the same id.
     */
    Optional<Delivery> take(Endpoint endpoint);

    /**
     * Keeps what an attempt came to, for good, and what follows from it.
     *
     * @param verdict given how long the endpoint has taken nothing
     */
    void record(Endpoint endpoint, Delivery delivery, Attempt attempt, Function<Duration, Verdict> verdict);
}
