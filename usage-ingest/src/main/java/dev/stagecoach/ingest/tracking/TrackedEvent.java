package dev.stagecoach.ingest.tracking;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of the tracking API as it was sent, its values unchecked.
 *
 * @param call what the sender did: {@code track}, {@code page}, {@code identify} …
 * @param name what happened: the {@code event} of a track call, the {@code name} of a page or screen
 * @param feature of the properties
 * @param action of the properties
 * @param previousId of an alias: by which the user was known before
 * @param account the account that it names, if any
 * @param instance the instance that it names, if any
 * @param properties those that are kept: texts, numbers and truth values
 * @param bytes where it stands in the body
 * @param propertiesBytes where all of its properties stand in the body
 * @param flaw why it cannot be recorded, when that shows already
 */
public record TrackedEvent(
        @Nullable String call,
        @Nullable String messageId,
        @Nullable String userId,
        @Nullable String anonymousId,
        @Nullable String previousId,
        @Nullable String name,
        @Nullable String feature,
        @Nullable String action,
        @Nullable String account,
        @Nullable String instance,
        @Nullable String timestamp,
        @Nullable String sentAt,
        Map<String, Object> properties,
        Slice bytes,
        Slice propertiesBytes,
        @Nullable String flaw) {
    /** What is known of an event that cannot be read. */
    public static TrackedEvent flawed(@Nullable String messageId, Slice bytes, String flaw) {
        return new TrackedEvent(
                null,
                messageId,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                bytes,
                Slice.NONE,
                flaw);
    }
}
