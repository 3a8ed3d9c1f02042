package dev.stagecoach.bench;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes events as the services do: keyed by account, compressed and acknowledged as usage-ingest's are; a tick into every partition. */
final class EventLog implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    EventLog(String bootstrapServers) {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Hands an event to Kafka; {@link #flush} tells whether it took it. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told of a failure.
    void write(Event<?> event) {
        if (event.type() == EventType.TIME_TICK) {
            IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                    .forEach(partition ->
                            producer.send(EventCodec.toRecord(event, partition), (written, problem) -> note(problem)));
        } else {
            producer.send(EventCodec.toRecord(event), (written, problem) -> note(problem));
        }
    }

    private void note(@Nullable Exception problem) {
        failure.compareAndSet(null, problem);
    }

    /** Returns when Kafka has taken all that was written. */
    void flush() {
        producer.flush();
        var problem = failure.get();
        if (problem != null) {
            throw new Complaint("Kafka did not take all events: " + problem + ".", problem);
        }
    }

    static Stream<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition));
    }

    /** Where the topics end now; partitions without a record are left out. */
    static Map<TopicPartition, Long> ends(String bootstrapServers, List<String> topics) {
        try (var consumer = reader(bootstrapServers)) {
            var partitions = topics.stream().flatMap(EventLog::partitionsOf).toList();
            return consumer.endOffsets(partitions).entrySet().stream()
                    .filter(end -> end.getValue() > 0)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    /** A consumer of no group. */
    static KafkaConsumer<byte[], byte[]> reader(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        producer.close();
    }
}
