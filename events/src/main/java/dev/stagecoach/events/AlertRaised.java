package dev.stagecoach.events;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something the team should know. One fact makes one alert.
 *
 * @param kind the name of the rule, {@code seat-utilization} for instance
 * @param title one line for people
 * @param facts the numbers behind it
 * @param channel the chat channel
 * @param audience who should look, {@code team} or {@code account-executive}
 * @param causedBy the id of the event that raised it
 */
public record AlertRaised(
        String account,
        String kind,
        Instant at,
        String title,
        Map<String, Object> facts,
        String channel,
        List<String> audience,
        @Nullable String causedBy)
        implements EventData {
    public AlertRaised {
        Checks.notBlank("account", account);
        Checks.notBlank("kind", kind);
        Checks.present("at", at);
        Checks.notBlank("title", title);
        Checks.notBlank("channel", channel);
        facts = facts == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(facts));
        audience = audience == null ? List.of() : List.copyOf(audience);
    }
}
