package dev.stagecoach.events;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event with the attributes that travel as CloudEvents headers.
 *
 * @param id the same for the same decision, however often it is made ({@link DecisionId})
 * @param topic where it goes or came from
 * @param source the service that made it, {@code /lifecycle-service} for instance
 * @param account its subject and the key of its record; null for {@code time.ticks} alone
 * @param time when it happened; also the time stamp of the Kafka record
 * @param causationId the id of the event that caused it
 * @param traceParent the trace that it is part of (W3C trace context); null where nobody collects traces
 */
public record Event<T extends EventData>(
        String id,
        EventType type,
        String topic,
        String source,
        @Nullable String account,
        Instant time,
        @Nullable String causationId,
        T data,
        @Nullable String traceParent) {
    public Event {
        Checks.notBlank("id", id);
        Checks.notBlank("topic", topic);
        Checks.notBlank("source", source);
        Checks.present("time", time);
        Checks.present("data", data);
        if (!type.dataClass().isInstance(data)) {
            throw new IllegalArgumentException(type + ": " + data.getClass().getSimpleName() + " (expected: "
                    + type.dataClass().getSimpleName() + ")");
        }
        if (!Objects.equals(account, data.account())) {
            throw new IllegalArgumentException(
                    type + ": about account " + data.account() + " (expected, from its key: " + account + ")");
        }
    }

    /** An event that is part of no trace. */
    public Event(
            String id,
            EventType type,
            String topic,
            String source,
            @Nullable String account,
            Instant time,
            @Nullable String causationId,
            T data) {
        this(id, type, topic, source, account, time, causationId, data, null);
    }

    /** An event on its type's own topic. */
    public static <T extends EventData> Event<T> of(
            String id,
            EventType type,
            String source,
            String account,
            Instant time,
            @Nullable String causationId,
            T data) {
        return new Event<>(id, type, type.topic(), source, account, time, causationId, data);
    }

    /** The same event on another topic, for types whose value chooses the topic. */
    public Event<T> on(String otherTopic) {
        return new Event<>(id, type, otherTopic, source, account, time, causationId, data, traceParent);
    }

    /** The same event as part of a trace; of none when that is null. */
    public Event<T> partOf(@Nullable String trace) {
        return Objects.equals(trace, traceParent)
                ? this
                : new Event<>(id, type, topic, source, account, time, causationId, data, trace);
    }
}
