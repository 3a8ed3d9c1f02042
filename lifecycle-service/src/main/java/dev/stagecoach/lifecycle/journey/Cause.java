package dev.stagecoach.lifecycle.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record that led to a decision.
 *
 * @param id the id of its event
 * @param receivedAt when usage-ingest took what is in it; null where it did not come that way
 * @param traceParent the trace that it is part of; null where nobody collects traces
 */
public record Cause(
        String id,
        String topic,
        int partition,
        long offset,
        @Nullable Instant receivedAt,
        @Nullable String traceParent) {
    /** One that nobody waits for, or that is read back. */
    public Cause(String id, String topic, int partition, long offset) {
        this(id, topic, partition, offset, null, null);
    }
}
