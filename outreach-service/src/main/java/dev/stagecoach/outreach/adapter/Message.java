package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in the ledger, as the API shows it. Names no address.
 *
 * @param at when it got into its state, in event time
 * @param reason why it was suppressed, failed or waits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Message(
        String id,
        String account,
        String campaign,
        String occurrence,
        String step,
        @Nullable String contact,
        String state,
        Instant dueAt,
        Instant at,
        @Nullable String reason,
        @Nullable String messageId,
        int attempts) {
    static Message of(DeliveryRow row) {
        return new Message(
                row.id,
                row.account,
                row.campaign,
                row.occurrence,
                row.step,
                row.contact,
                row.state,
                row.dueAt,
                row.decidedAt,
                row.reason,
                row.messageId,
                row.attempts);
    }
}
