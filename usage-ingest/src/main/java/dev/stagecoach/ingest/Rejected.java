package dev.stagecoach.ingest;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of usage that came with a valid key but cannot be recorded.
 *
 * @param id the same for the same piece from the same place
 * @param account when it is known
 * @param keyId of the write key with which it came
 * @param source the path on which it came
 * @param receivedAt when it came first
 * @param rejectedAt later than that only when it was replayed
 * @param sentAt when its batch was sent, as the batch says
 * @param groupId the account that its batch names
 * @param bytes as they came
 */
public record Rejected(
        String id,
        @Nullable String account,
        String keyId,
        String source,
        String reason,
        Instant receivedAt,
        Instant rejectedAt,
        @Nullable String sentAt,
        @Nullable String groupId,
        ByteBuffer bytes) {}
