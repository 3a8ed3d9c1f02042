package dev.stagecoach.local;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Moves time: one record per partition of {@code time.ticks}. */
final class Ticks implements AutoCloseable {

    private static final String SOURCE = "/local/time-lapse";
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final KafkaProducer<String, byte[]> producer;
    private final int partitions;

    Ticks(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer());
        this.partitions = producer.partitionsFor(Topics.TIME_TICKS).size();
    }

    /** Says what time it is, and returns when Kafka has acknowledged. */
    void publish(Instant at) {
        var acknowledgements = new ArrayList<Future<?>>();
        for (int partition = 0; partition < partitions; partition++) {
            var tick = new Event<>(
                    DecisionId.of("tick", at, partition),
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    SOURCE,
                    null,
                    at,
                    null,
                    new TimeTick(at));
            acknowledgements.add(producer.send(EventCodec.toRecord(tick, partition)));
        }
        try {
            for (var acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new Complaint("Kafka did not take a tick of time: " + e.getCause() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    /** The latest tick that there is. */
    static Optional<Instant> latest(String bootstrapServers) {
        var partition = new TopicPartition(Topics.TIME_TICKS, 0);
        try (var consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            if (end == 0) {
                return Optional.empty();
            }
            consumer.assign(List.of(partition));
            consumer.seek(partition, end - 1);
            // A record's own time stamp is the tick's.
            return consumer.poll(ANSWER).records(partition).stream()
                    .findFirst()
                    .map(tick -> Instant.ofEpochMilli(tick.timestamp()));
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
