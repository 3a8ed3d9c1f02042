package dev.stagecoach.local.quarantine;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.ReasonPattern;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A piece of usage that was rejected, once or several times.
 *
 * @param id the same for the same piece from the same place
 * @param account for which it came, as far as that is known
 * @param keyId of the write key with which it came; null in records of older versions
 * @param source the path on which it came
 * @param reason of the last rejection
 * @param receivedAt when it came first
 * @param rejectedAt when it was rejected last
 * @param times how often it was rejected
 * @param sentAt when its batch was sent, as the batch said
 * @param groupId the account that its batch named
 * @param cutFrom how many bytes it had, when it was too large to be kept whole
 */
public record RejectedPiece(
        String id,
        @Nullable String account,
        @Nullable String keyId,
        String source,
        String reason,
        Instant receivedAt,
        Instant rejectedAt,
        int times,
        @Nullable String sentAt,
        @Nullable String groupId,
        @Nullable String cutFrom) {

    /** As it stands in the topic, rejected once. */
    static RejectedPiece in(ConsumerRecord<String, ?> told) {
        var headers = told.headers();
        var rejectedAt = Instant.ofEpochMilli(told.timestamp());
        return new RejectedPiece(
                idOf(told),
                told.key(),
                EventHeaders.REJECTED_KEY_ID.read(headers).orElse(null),
                EventHeaders.REJECTED_SOURCE.read(headers).orElse("unknown"),
                EventHeaders.REJECTED_REASON.read(headers).orElse("no reason told"),
                EventHeaders.REJECTED_RECEIVED_AT
                        .read(headers)
                        .map(RejectedPiece::timeOrNull)
                        .orElse(rejectedAt),
                rejectedAt,
                1,
                EventHeaders.REJECTED_SENT_AT.read(headers).orElse(null),
                EventHeaders.REJECTED_GROUP_ID.read(headers).orElse(null),
                EventHeaders.REJECTED_CUT_FROM.read(headers).orElse(null));
    }

    static String idOf(ConsumerRecord<String, ?> told) {
        return EventHeaders.ID.read(told.headers()).orElseGet(() -> told.partition() + "@" + told.offset());
    }

    private static @Nullable Instant timeOrNull(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The same, rejected once more. */
    RejectedPiece and(RejectedPiece other) {
        var last = other.rejectedAt.isBefore(rejectedAt) ? this : other;
        var first = other.receivedAt.isBefore(receivedAt) ? other : this;
        return new RejectedPiece(
                id,
                account,
                keyId,
                source,
                last.reason,
                first.receivedAt,
                last.rejectedAt,
                times + other.times,
                first.sentAt,
                first.groupId,
                cutFrom);
    }

    /** The same with another reason. */
    RejectedPiece rejectedFor(String reasonNow) {
        return new RejectedPiece(
                id, account, keyId, source, reasonNow, receivedAt, rejectedAt, times, sentAt, groupId, cutFrom);
    }

    /** The reason without the values that were found: the same for all that are rejected alike, and as the console shows it. */
    public String pattern() {
        return ReasonPattern.of(reason);
    }

    /** Whether all of it is there. */
    public boolean isWhole() {
        return cutFrom == null;
    }
}
