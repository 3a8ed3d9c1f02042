package dev.stagecoach.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person did with a mail; the event type says which.
 *
 * @param score the answer to the survey, 0 to 10
 * @param comment what the person wrote
 * @param kind which mails the person wants no more, or again, {@code recaps} for instance; absent: all of them
 */
public record ContactResponse(
        String account,
        String contact,
        String campaign,
        @Nullable String occurrence,
        Instant at,
        @Nullable Integer score,
        @Nullable String comment,
        @Nullable String kind)
        implements EventData {
    public ContactResponse {
        Checks.notBlank("account", account);
        Checks.notBlank("contact", contact);
        Checks.notBlank("campaign", campaign);
        Checks.present("at", at);
        if (score != null && (score < 0 || score > 10)) {
            throw new IllegalArgumentException("score: " + score + " (expected: 0 to 10)");
        }
    }
}
