package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transaction decided, and when that came in of which it was decided. */
final class DecisionTotals {
    private final Map<EventType, Integer> made = new EnumMap<>(EventType.class);
    private final List<Instant> receipts = new ArrayList<>();

    /**
     * Adds what came of one look at an account.
     *
     * @param receivedAt when usage-ingest took what made us look; null when time or facts did
     */
    void add(List<Event<?>> decisions, @Nullable Instant receivedAt) {
        for (Event<?> decision : decisions) {
            made.merge(decision.type(), 1, Integer::sum);
        }
        if (receivedAt != null && !decisions.isEmpty()) {
            receipts.add(receivedAt);
        }
    }

    void add(DecisionTotals others) {
        others.made.forEach((type, count) -> made.merge(type, count, Integer::sum));
        receipts.addAll(others.receipts);
    }

    Map<EventType, Integer> made() {
        return made;
    }

    /** One for each look that usage caused and that decided something. */
    List<Instant> receipts() {
        return receipts;
    }
}
