package dev.stagecoach.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one mail to one person for one occurrence of a campaign; the event type says which.
 *
 * @param occurrence what happened that made the mail due; one person gets one mail per occurrence and step
 * @param step the mail within a sequence, {@code day-3} for instance
 * @param contact the contact's id; absent when nobody holds the role
 * @param messageId the {@code Message-ID}; absent when no mail was made
 * @param reason why it was suppressed, bounced or failed
 */
public record MessageOutcome(
        String account,
        String campaign,
        String occurrence,
        String step,
        @Nullable String contact,
        @Nullable String messageId,
        Instant at,
        @Nullable String reason)
        implements EventData {
    public MessageOutcome {
        Checks.notBlank("account", account);
        Checks.notBlank("campaign", campaign);
        Checks.notBlank("occurrence", occurrence);
        Checks.notBlank("step", step);
        Checks.present("at", at);
    }
}
