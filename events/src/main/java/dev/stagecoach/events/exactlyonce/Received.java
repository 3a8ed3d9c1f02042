package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.UnreadableEventException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event and the place in Kafka that it was read from. */
public record Received(Event<?> event, String topic, int partition, long offset) {
    /** Reads whole events. */
    public static Optional<Received> read(ConsumerRecord<String, byte[]> consumed) throws UnreadableEventException {
        return EventCodec.read(consumed)
                .map(event -> new Received(event, consumed.topic(), consumed.partition(), consumed.offset()));
    }
}
