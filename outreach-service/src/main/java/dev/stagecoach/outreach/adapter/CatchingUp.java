package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Topics;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Partitions whose time has not been read up to what it was when they were taken over. After an outage of the service their clocks
 * show the afternoon of yesterday for a moment, while it may be night: nothing is sent by such a clock.
 */
final class CatchingUp {
    private static final Duration ANSWERS = Duration.ofSeconds(10);

    private final KafkaConnection kafka;
    private final DataSource database;
    /** Where the ticks ended, by partition. Touched by the thread of the consumer only. */
    private final Map<Integer, Long> ends = new HashMap<>();

    CatchingUp(KafkaConnection kafka, DataSource database) {
        this.kafka = kafka;
        this.database = database;
    }

    /** Notes where the time of these partitions stands now. */
    void begin(Set<Integer> partitions) {
        List<TopicPartition> ticks = partitions.stream()
                .map(partition -> new TopicPartition(Topics.TIME_TICKS, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.endOffsets(ticks, ANSWERS).forEach((partition, end) -> ends.put(partition.partition(), end));
        }
    }

    /** Those that have been read up to there since the last call. */
    Set<Integer> done() {
        if (ends.isEmpty()) {
            return Set.of();
        }
        Map<Integer, Long> read = Jdbc.inTransaction(
                        database,
                        transaction -> Jdbc.query(
                                transaction,
                                "select partition, next_offset from consumed_offset where topic = ? and partition = any(?)",
                                row -> Map.entry(row.getInt("partition"), row.getLong("next_offset")),
                                Topics.TIME_TICKS,
                                Jdbc.numbers(transaction, ends.keySet())))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Set<Integer> done = new HashSet<>(ends.keySet());
        done.removeIf(partition -> read.getOrDefault(partition, 0L) < ends.getOrDefault(partition, 0L));
        ends.keySet().removeAll(done);
        return done;
    }

    void forget(Set<Integer> partitions) {
        ends.keySet().removeAll(partitions);
    }
}
