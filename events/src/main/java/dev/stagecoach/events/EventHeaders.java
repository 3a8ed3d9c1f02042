package dev.stagecoach.events;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The names of the record headers: CloudEvents in Kafka's binary mode, and those of quarantined usage. */
public enum EventHeaders {
    SPEC_VERSION("ce_specversion"),
    ID("ce_id"),
    SOURCE("ce_source"),
    TYPE("ce_type"),
    SUBJECT("ce_subject"),
    TIME("ce_time"),
    CAUSATION_ID("ce_causationid"),
    CONTENT_TYPE("content-type"),
    /** Why a piece of usage was rejected. */
    REJECTED_REASON("reason"),
    /** The path on which a rejected piece of usage came. */
    REJECTED_SOURCE("source");

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

    /** Whether the header has this value. */
    public boolean is(Headers headers, String value) {
        return read(headers).filter(value::equals).isPresent();
    }

    public Optional<String> read(Headers headers) {
        Header header = headers.lastHeader(key);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
