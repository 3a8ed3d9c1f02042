package dev.stagecoach.events;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Turns events into Kafka records and back. */
public final class EventCodec {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            // A newer version may have added fields.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Unknown is not zero, and 1.5 seats are not 1.
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // Messages go to logs, where nobody's name and address belong.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private static final byte[] NUL = "u0000".getBytes(StandardCharsets.US_ASCII);

    /** The same in each record. */
    private static final Header SPEC_VERSION = EventHeaders.SPEC_VERSION.with("1.0");

    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final Header CONTENT_TYPE = EventHeaders.CONTENT_TYPE.with("application/json");

    private EventCodec() {}

    /** The mapper whose JSON the contract describes. Shared; do not configure. */
    public static ObjectMapper json() {
        return JSON;
    }

    /** A record for a partition that the key chooses, stamped with the event's own time. */
    public static ProducerRecord<String, byte[]> toRecord(Event<?> event) {
        return toRecord(event, null);
    }

    /** A record for the given partition, or for the one that the key chooses when it is null. */
    public static ProducerRecord<String, byte[]> toRecord(Event<?> event, @Nullable Integer partition) {
        return toRecord(
                event.id(),
                event.type().wireName(),
                event.topic(),
                partition,
                event.source(),
                event.account(),
                event.time(),
                event.causationId(),
                event.traceParent(),
                value(event.data()));
    }

    /** A record of an event whose value is JSON already. */
    public static ProducerRecord<String, byte[]> toRecord(
            String id,
            String typeName,
            String topic,
            @Nullable Integer partition,
            String source,
            @Nullable String account,
            Instant time,
            @Nullable String causationId,
            @Nullable String traceParent,
            byte[] value) {
        ProducerRecord<String, byte[]> producerRecord =
                new ProducerRecord<>(topic, partition, time.toEpochMilli(), account, value);
        Headers headers = producerRecord.headers();
        headers.add(SPEC_VERSION);
        headers.add(CONTENT_TYPE);
        EventHeaders.SOURCE.write(headers, source);
        EventHeaders.TIME.write(headers, UtcText.ofMany(time));
        if (account != null) {
            EventHeaders.SUBJECT.write(headers, account);
        }
        if (causationId != null) {
            EventHeaders.CAUSATION_ID.write(headers, causationId);
        }
        if (traceParent != null) {
            EventHeaders.TRACE_PARENT.write(headers, traceParent);
        }
        // Kafka looks for a header from the last one back, and a reader that counts looks for these two only.
        EventHeaders.ID.write(headers, id);
        EventHeaders.TYPE.write(headers, typeName);
        return producerRecord;
    }

    /** The JSON of an event's data. */
    public static byte[] value(EventData data) {
        try {
            return data instanceof UsageEvent event ? value(event) : JSON.writeValueAsBytes(data);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + data.getClass().getSimpleName() + " as JSON", e);
        }
    }

    private static byte[] value(UsageEvent event) throws IOException {
        BufferRecycler recycler = JSON.getFactory()._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(recycler)) {
            try (JsonGenerator json = JSON.getFactory().createGenerator(bytes)) {
                UsageEventWriter.write(event, json, JSON);
            }
            return bytes.getClearAndRelease();
        } finally {
            recycler.releaseToPool();
        }
    }

    /**
     * The event in a record.
     *
     * @return empty for a type that this version does not know
     * @throws UnreadableEventException when headers or value are not those of the contract
     */
    public static Optional<Event<?>> read(ConsumerRecord<String, byte[]> consumerRecord)
            throws UnreadableEventException {
        Headers headers = consumerRecord.headers();
        String typeName = EventHeaders.TYPE
                .read(headers)
                .orElseThrow(() -> new UnreadableEventException("no " + EventHeaders.TYPE.key() + " header", null));
        Optional<EventType> type = EventType.byWireName(typeName);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        EventData data = readData(type.get(), consumerRecord.value());
        try {
            return Optional.of(new Event<>(
                    EventHeaders.ID.read(headers).orElseGet(() -> positionOf(consumerRecord)),
                    type.get(),
                    consumerRecord.topic(),
                    EventHeaders.SOURCE.read(headers).orElse("unknown"),
                    consumerRecord.key(),
                    timeOf(consumerRecord),
                    EventHeaders.CAUSATION_ID.read(headers).orElse(null),
                    data,
                    traceParent(headers)));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEventException(type.get().wireName() + ": " + e.getMessage(), e);
        }
    }

    /** The trace that a record is part of; null for one of none, and where it is not what the header is for. */
    public static @Nullable String traceParent(Headers headers) {
        String text = EventHeaders.TRACE_PARENT.read(headers).orElse(null);
        return text != null && TRACE_PARENT.matcher(text).matches() ? text : null;
    }

    private static EventData readData(EventType type, byte @Nullable [] value) throws UnreadableEventException {
        if (value == null) {
            throw new UnreadableEventException(type.wireName() + ": no value", null);
        }
        if (holdsNul(value)) {
            throw new UnreadableEventException(
                    type.wireName() + ": holds the character U+0000, which no database text can", null);
        }
        EventData data;
        try {
            data = JSON.readValue(value, type.dataClass());
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException(type.wireName() + ": " + describe(e), e);
        } catch (IOException e) {
            throw new UnreadableEventException(type.wireName() + ": " + e.getMessage(), e);
        }
        if (data == null) {
            throw new UnreadableEventException(type.wireName() + ": the value is null", null);
        }
        return data;
    }

    /** What is wrong and where, without the values around it: a reason goes to logs. */
    private static String describe(JsonProcessingException problem) {
        if (!(problem instanceof JsonMappingException mapping)) {
            return "not JSON: " + problem.getOriginalMessage();
        }
        String path = mapping.getPath().stream().map(EventCodec::step).collect(joining());
        String where = path.isEmpty() ? "" : path.replaceFirst("^\\.", "") + ": ";
        Throwable cause = mapping.getCause();
        if (mapping instanceof ValueInstantiationException && cause != null) {
            return where + cause.getMessage();
        }
        Class<?> target = mapping instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return target == null
                ? where + mapping.getOriginalMessage()
                : where + "missing or not what it should be (expected: " + kind(target) + ")";
    }

    private static String kind(Class<?> target) {
        return Collection.class.isAssignableFrom(target) ? "list" : target.getSimpleName();
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : "." + reference.getFieldName();
    }

    /** Whether a text in the JSON has the escape for U+0000: a backslash that no other one escapes, and {@code u0000}. */
    static boolean holdsNul(byte[] json) {
        boolean escaped = false;
        for (int i = 0; i < json.length; i++) {
            if (escaped && startsWith(json, i, NUL)) {
                return true;
            }
            escaped = json[i] == '\\' && !escaped;
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
        return bytes.length - from >= prefix.length
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static Instant timeOf(ConsumerRecord<String, byte[]> consumerRecord) throws UnreadableEventException {
        Optional<String> time = EventHeaders.TIME.read(consumerRecord.headers());
        try {
            return time.map(Instant::parse).orElseGet(() -> Instant.ofEpochMilli(consumerRecord.timestamp()));
        } catch (DateTimeParseException e) {
            throw new UnreadableEventException(EventHeaders.TIME.key() + ": " + time.orElse(""), e);
        }
    }

    private static String positionOf(ConsumerRecord<String, byte[]> consumerRecord) {
        return consumerRecord.topic() + "-" + consumerRecord.partition() + "@" + consumerRecord.offset();
    }
}
