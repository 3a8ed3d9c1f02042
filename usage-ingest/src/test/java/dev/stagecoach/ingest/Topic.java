package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in a topic of a running Kafka, read anew each time from its beginning to its present end. */
final class Topic {
    private final String bootstrapServers;
    private final String name;

    Topic(String bootstrapServers, String name) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
    }

    List<ConsumerRecord<String, byte[]>> records() {
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

    List<ConsumerRecord<String, byte[]>> records(Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return records().stream().filter(wanted).toList();
    }

    /** The values of the records of an account, in order. */
    <T extends EventData> List<T> ofAccount(String account, Class<T> type) {
        return records(one -> account.equals(one.key())).stream()
                .map(one -> type.cast(data(one)))
                .toList();
    }

    static EventData data(ConsumerRecord<String, byte[]> consumed) {
        try {
            return EventCodec.read(consumed).orElseThrow().data();
        } catch (UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }

    static String text(ConsumerRecord<String, byte[]> consumed) {
        return new String(consumed.value(), StandardCharsets.UTF_8);
    }

    static String header(ConsumerRecord<String, byte[]> consumed, String key) {
        Header header = consumed.headers().lastHeader(key);
        assertThat(header).as(key).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
