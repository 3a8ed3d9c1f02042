package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.EventHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record that was passed over, as the topic of dead letters tells of it. */
record DeadLetter(ConsumerRecord<String, byte[]> consumed, DeadLetters.Kind kind, String reason) {
    /** The same for the same record of the same group. */
    String id(String group) {
        return DecisionId.of("dead-letter", group, consumed.topic(), consumed.partition(), consumed.offset());
    }

    /** The key as it came; null also where the record is too large to be told. */
    @Nullable String key() {
        return isTooLarge() ? null : consumed.key();
    }

    /** The value as it came; null also where it is too large to be told. */
    byte @Nullable [] value() {
        return isTooLarge() ? null : consumed.value();
    }

    /** The headers as they came, and after them why the record was passed over and where it stands. */
    Headers headers() {
        Headers headers = new RecordHeaders();
        if (isTooLarge()) {
            EventHeaders.DEAD_LETTER_LEFT_OUT.write(headers, size() + " bytes, kept in the table dead_letter");
        } else {
            consumed.headers().forEach(headers::add);
        }
        EventHeaders.DEAD_LETTER_KIND.write(headers, kind.wireName());
        EventHeaders.DEAD_LETTER_REASON.write(headers, reason);
        EventHeaders.DEAD_LETTER_TOPIC.write(headers, consumed.topic());
        EventHeaders.DEAD_LETTER_PARTITION.write(headers, String.valueOf(consumed.partition()));
        EventHeaders.DEAD_LETTER_OFFSET.write(headers, String.valueOf(consumed.offset()));
        EventHeaders.DEAD_LETTER_TIMESTAMP.write(headers, String.valueOf(consumed.timestamp()));
        return headers;
    }

    private boolean isTooLarge() {
        // A record that came compressed may hold more than goes out.
        return size() > Outbox.MOST_BYTES;
    }

    private long size() {
        long size = lengthOf(consumed.value()) + lengthOf(DeadLetters.bytes(consumed.key()));
        for (Header header : consumed.headers()) {
            size += header.key().getBytes(StandardCharsets.UTF_8).length + lengthOf(header.value());
        }
        return size;
    }

    private static long lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
