package dev.stagecoach.outreach.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at an account and may start campaigns.
 *
 * @param id the event's id; the same happening has the same id
 * @param trigger what happened
 * @param at when it happened
 * @param seenAt when this service learnt of it, in event time
 * @param facts what was told with it, as far as a mail may want it: texts, numbers, lists and maps; unknown is null
 */
public record Occasion(String id, Trigger trigger, Instant at, Instant seenAt, Map<String, @Nullable Object> facts) {
    public Occasion {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** An occasion that tells no more than itself. */
    public Occasion(String id, Trigger trigger, Instant at, Instant seenAt) {
        this(id, trigger, at, seenAt, Map.of());
    }

    /** Whether it was already older than the horizon when it became known. */
    public boolean cameTooLate(Duration horizon) {
        return Duration.between(at, seenAt).compareTo(horizon) > 0;
    }

    /** Whether it is too long ago now to start anything. */
    public boolean isPast(Duration horizon, Instant now) {
        return Duration.between(at, now).compareTo(horizon) > 0;
    }
}
