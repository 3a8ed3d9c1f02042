package dev.stagecoach.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The names of the record headers: CloudEvents in Kafka's binary mode, and those of quarantined usage and of dead letters. */
public enum EventHeaders {
    SPEC_VERSION("ce_specversion"),
    ID("ce_id"),
    SOURCE("ce_source"),
    TYPE("ce_type"),
    SUBJECT("ce_subject"),
    TIME("ce_time"),
    CAUSATION_ID("ce_causationid"),
    CONTENT_TYPE("content-type"),
    /** The trace that a record is part of (W3C trace context): only where somebody collects traces. */
    TRACE_PARENT("traceparent"),
    /** Why a piece of usage was rejected. */
    REJECTED_REASON("reason"),
    /** The path on which a rejected piece of usage came. */
    REJECTED_SOURCE("source"),
    /** When rejected usage came first. {@code ce_time} is when it was rejected, which is later when it was replayed. */
    REJECTED_RECEIVED_AT("receivedat"),
    /** When the batch of a rejected event was sent by the sender's clock, as the batch says. */
    REJECTED_SENT_AT("sentat"),
    /** How many bytes a piece of usage had that was too large to be kept whole. */
    REJECTED_CUT_FROM("cutfrom"),
    /** The id of the write key with which a rejected piece of usage came. */
    REJECTED_KEY_ID("keyid"),
    /** The account that the batch of a rejected piece of usage names, for those of its events that name none. */
    REJECTED_GROUP_ID("groupid"),
    /** {@code unreadable} or {@code inapplicable}. */
    DEAD_LETTER_KIND("dead_letter_kind"),
    /** Why a record was passed over. */
    DEAD_LETTER_REASON("dead_letter_reason"),
    /** Where the record stands that was passed over. */
    DEAD_LETTER_TOPIC("dead_letter_topic"),
    DEAD_LETTER_PARTITION("dead_letter_partition"),
    DEAD_LETTER_OFFSET("dead_letter_offset"),
    /** Its time stamp, in milliseconds since 1970. */
    DEAD_LETTER_TIMESTAMP("dead_letter_timestamp"),
    /**
     * There where a record was too large to be told whole: it has no key, no value and none of its headers. Or where it may name people: it has
     * its key alone.
     */
    DEAD_LETTER_LEFT_OUT("dead_letter_left_out");

    private final String key;

    EventHeaders(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    public void write(Headers headers, String value) {
        headers.add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The header with a value, for those who write the same one often. */
    Header with(String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the header has this value. */
    public boolean is(Headers headers, String value) {
        Header header = headers.lastHeader(key);
        return header != null && value.equals(textOf(header.value()));
    }

    /** Whether the header has this value, in UTF-8: for those who ask of every record, as it makes no text. */
    boolean is(Headers headers, byte[] value) {
        Header header = headers.lastHeader(key);
        return header != null && Arrays.equals(value, header.value());
    }

    public Optional<String> read(Headers headers) {
        Header header = headers.lastHeader(key);
        return header == null ? Optional.empty() : Optional.ofNullable(textOf(header.value()));
    }

    private static @Nullable String textOf(byte @Nullable [] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
