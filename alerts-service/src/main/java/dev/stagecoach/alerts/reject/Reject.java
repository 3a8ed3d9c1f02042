package dev.stagecoach.alerts.reject;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A record that went no further.
 *
 * @param topic where it was told: {@code usage.quarantine}, or a service's dead letters
 * @param origin the path on which usage came; of a dead letter, the topic that it was in
 * @param reason without the values that were found
 * @param at when it was told
 * @param place where it can be read: topic, partition and offset
 * @param account its key, where it has one
 */
public record Reject(
        String topic,
        String origin,
        String reason,
        Instant at,
        String place,
        @Nullable String account) {
    /** The UTC day on which it was told. */
    public LocalDate day() {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
