package dev.stagecoach.alerts.operation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the system at a moment.
 *
 * @param lagProblem why it is not known how far services have read; null when it is
 * @param sinceTick how long ago the latest tick was, by the clock on the wall; null when there was none
 * @param passedOver by service, records that it could not read or apply within the last week
 * @param rejected pieces of usage that were rejected on the day of the latest tick and the one before
 * @param inDoubt mails of which nobody knows whether they arrived
 * @param held mails that wait for a person
 * @param missing mails that were decided on and are nowhere
 * @param chatProblems what is wrong with places of the chat, in words
 * @param webhookProblems what is wrong with webhooks, in words
 */
public record Observed(
        List<Standing> services,
        List<Lag> lags,
        @Nullable String lagProblem,
        @Nullable Duration sinceTick,
        List<Count> passedOver,
        long rejected,
        long inDoubt,
        long held,
        long missing,
        List<String> chatProblems,
        List<String> webhookProblems) {
    public Observed {
        services = List.copyOf(services);
        lags = List.copyOf(lags);
        passedOver = List.copyOf(passedOver);
        chatProblems = List.copyOf(chatProblems);
        webhookProblems = List.copyOf(webhookProblems);
    }

    /** A number of something. */
    public record Count(String name, long number) {}
}
