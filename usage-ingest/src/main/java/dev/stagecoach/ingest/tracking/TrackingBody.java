package dev.stagecoach.ingest.tracking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request of the tracking API.
 *
 * @param writeKey the key that the body carries, if any
 * @param account the account that the body names for those events that name none
 * @param sentAt when it was sent by the sender's clock, for those events that do not say so themselves
 */
public record TrackingBody(
        @Nullable String writeKey,
        @Nullable String account,
        @Nullable String sentAt,
        List<TrackedEvent> events) {}
