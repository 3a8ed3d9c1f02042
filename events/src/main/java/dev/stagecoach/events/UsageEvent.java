package dev.stagecoach.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One user did one action on one feature at one time.
 *
 * @param id the sender's message id; the same id is the same event
 * @param user a pseudonym, stable within the account
 * @param at when it happened, corrected for a wrong clock of the sender: in the years 2000 to 9999 and at most a day after the
 *     receipt
 * @param receivedAt when usage-ingest took it
 */
public record UsageEvent(
        String id,
        String account,
        @Nullable String instance,
        String user,
        String name,
        String feature,
        @Nullable String action,
        Instant at,
        Instant receivedAt,
        @Nullable JsonNode properties)
        implements EventData {
    public UsageEvent {
        Checks.notBlank("id", id);
        Checks.notBlank("account", account);
        Checks.notBlank("user", user);
        Checks.notBlank("name", name);
        Checks.notBlank("feature", feature);
        Checks.plausible("receivedAt", receivedAt);
        Checks.happened("at", at, receivedAt);
    }
}
