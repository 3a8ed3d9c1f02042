package dev.stagecoach.ingest.adapter.json;

import dev.stagecoach.ingest.PingBody;
import dev.stagecoach.ingest.tracking.Slice;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import org.jspecify.annotations.Nullable;

/** What a CloudEvent carries. */
public sealed interface CarriedUsage {
    /** A usage event, or what is none and has a flaw that says so. */
    record OfUser(TrackedEvent event) implements CarriedUsage {}

    /**
     * A ping.
     *
     * @param id that of the CloudEvent
     * @param bytes where the CloudEvent stands in the body
     */
    record OfInstance(@Nullable String id, PingBody ping, Slice bytes) implements CarriedUsage {}
}
