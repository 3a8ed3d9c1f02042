package dev.stagecoach.lifecycle;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.UnreadableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in a topic of a running Kafka, read anew each time from its beginning to its present end. */
public final class Topic {
    private final String bootstrapServers;
    private final String name;

    public Topic(String bootstrapServers, String name) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
    }

    public List<ConsumerRecord<String, byte[]>> records() {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    public List<ConsumerRecord<String, byte[]>> recordsOf(String account) {
        return records().stream().filter(one -> account.equals(one.key())).toList();
    }

    /** The events about an account, in order. */
    public List<Event<?>> eventsOf(String account) {
        List<Event<?>> events = new ArrayList<>();
        recordsOf(account).forEach(one -> events.add(event(one)));
        return events;
    }

    public static Event<?> event(ConsumerRecord<String, byte[]> consumed) {
        try {
            return EventCodec.read(consumed).orElseThrow();
        } catch (UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }

    public static String header(ConsumerRecord<String, byte[]> consumed, EventHeaders header) {
        return header.read(consumed.headers()).orElseThrow(() -> new AssertionError("no header " + header.key()));
    }
}
