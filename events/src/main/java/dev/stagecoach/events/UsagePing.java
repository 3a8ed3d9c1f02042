package dev.stagecoach.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one instance reported about itself.
 *
 * @param at when the instance counted, in the years 2000 to 9999 and at most a day after the receipt, as the days on which its
 *     periods began; the time of receipt where the ping carries none
 * @param receivedAt when usage-ingest took it
 * @param features uses per feature as the instance counts them; a feature that is left out is at zero
 * @param raw the ping as it came, unknown keys included
 */
public record UsagePing(
        String account,
        String instance,
        boolean production,
        @Nullable String version,
        Instant at,
        Instant receivedAt,
        ActiveUsers activeUsers,
        Map<String, Long> features,
        @Nullable JsonNode raw)
        implements EventData {
    public UsagePing {
        Checks.notBlank("account", account);
        Checks.notBlank("instance", instance);
        Checks.plausible("receivedAt", receivedAt);
        Checks.happened("at", at, receivedAt);
        activeUsers = activeUsers == null ? ActiveUsers.UNKNOWN : activeUsers;
        Checks.began("activeUsers.dayStart", activeUsers.dayStart(), receivedAt);
        Checks.began("activeUsers.monthStart", activeUsers.monthStart(), receivedAt);
        features = features == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(features));
        features.forEach((feature, uses) -> Checks.present("features." + feature, uses));
    }
}
