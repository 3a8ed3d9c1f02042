package dev.stagecoach.ingest.ping;

import dev.stagecoach.events.ActiveUsers;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance reported, before anyone knows for which account.
 *
 * @param product what it is an instance of, when the ping says so
 * @param version as sent, whether or not it is one
 * @param account the account that the ping names, if any
 * @param production what the ping says about it; null when it says nothing
 * @param at by the instance's clock, when the ping says so
 * @param sentAt by the instance's clock too
 * @param features uses by feature
 */
public record Ping(
        String instance,
        @Nullable String product,
        String version,
        @Nullable String account,
        @Nullable Boolean production,
        @Nullable Instant at,
        @Nullable Instant sentAt,
        ActiveUsers activeUsers,
        Map<String, Long> features) {}
