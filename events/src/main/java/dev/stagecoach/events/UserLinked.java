package dev.stagecoach.events;

import java.time.Instant;

/**
 * A user belongs to an account, so that usage of this user that names no account counts for it. Told again from time to time as long as
 * it holds, and forgotten when it is not.
 *
 * @param user a pseudonym that does not depend on the account; another one than in usage
 * @param at when usage-ingest was told
 */
public record UserLinked(String account, String user, Instant at) implements EventData {
    public UserLinked {
        Checks.notBlank("account", account);
        Checks.notBlank("user", user);
        Checks.plausible("at", at);
    }
}
