package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import java.time.Instant;
import java.util.Map;

/** Events to consume. */
final class Records {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private Records() {}

    static Event<UsageEvent> usage(String topic, String account, int second) {
        Instant at = START.plusSeconds(second);
        UsageEvent data = new UsageEvent(
                account + "-" + second, account, null, "user-1", "Searched", "code-search", null, at, at, null);
        return Event.of("usage-" + account + "-" + second, EventType.USAGE_EVENT, "/test", account, at, null, data)
                .on(topic);
    }

    static Event<UsagePing> ping(String topic, String account, int second) {
        Instant at = START.plusSeconds(second);
        UsagePing data = new UsagePing(
                account, "instance-1", true, "6.0.0", at, at, ActiveUsers.of(5, 10), Map.of("batch-changes", 1L), null);
        return Event.of("ping-" + account + "-" + second, EventType.USAGE_PING, "/test", account, at, null, data)
                .on(topic);
    }
}
