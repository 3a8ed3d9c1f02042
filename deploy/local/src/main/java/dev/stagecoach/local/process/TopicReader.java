package dev.stagecoach.local.process;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads topics from their beginning up to where they end now, and does not wait for ever if Kafka goes away meanwhile. What says that
 * it goes on is the positions: past the marks of transactions, and past what was compacted, they move without a record.
 */
public final class TopicReader<K, V> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String ADVICE = " Look whether it is up, and start this again.";

    private final KafkaConsumer<K, V> kafka;
    private final Duration patience;

    /** Where the partitions end that are not read whole yet. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** How far these are read. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /** @param patience how long no position may move */
    TopicReader(KafkaConsumer<K, V> kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
    }

    /**
     * Settings for the consumer of {@link #readAll}: where records are deleted just before they are read, it goes on with those that follow,
     * instead of with those that are to come.
     */
    public static Map<String, Object> settings(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    /**
     * Hands over every record that is there now, and perhaps some that come meanwhile; those of a partition in their order.
     *
     * @param kafka with these {@link #settings}, of no group; has no partitions afterwards
     * @throws Complaint if nothing comes for 30 s, and not all is read
     */
    public static <K, V> void readAll(
            KafkaConsumer<K, V> kafka, Collection<TopicPartition> partitions, Consumer<ConsumerRecord<K, V>> reader) {
        new TopicReader<>(kafka, PATIENCE).read(partitions, reader);
    }

    void read(Collection<TopicPartition> partitions, Consumer<ConsumerRecord<K, V>> reader) {
        try {
            kafka.assign(partitions);
            kafka.seekToBeginning(partitions);
            ends.putAll(kafka.endOffsets(partitions));
            long movedAt = System.nanoTime();
            while (true) {
                if (move()) {
                    movedAt = System.nanoTime();
                }
                if (ends.isEmpty()) {
                    return;
                }
                if (System.nanoTime() - movedAt > patience.toNanos()) {
                    throw stuck();
                }
                kafka.poll(POLL).forEach(reader);
            }
        } catch (TimeoutException e) {
            throw new Complaint("Kafka does not answer: " + e.getMessage() + "." + ADVICE, e);
        }
    }

    /** Looks how far all is read, and leaves out what is read whole; whether anything moved. */
    private boolean move() {
        boolean moved = false;
        for (var partition : ends.keySet()) {
            Long position = kafka.position(partition, patience);
            moved |= !position.equals(positions.put(partition, position));
        }
        if (ends.entrySet().removeIf(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            // More may come there all the time, which would hide that the others stand still.
            positions.keySet().retainAll(ends.keySet());
            kafka.assign(Set.copyOf(ends.keySet()));
        }
        return moved;
    }

    private Complaint stuck() {
        var first = ends.keySet().stream()
                .min(Comparator.comparing(TopicPartition::toString))
                .orElseThrow();
        return new Complaint("Kafka does not answer any more: %s is read up to %d of %d, and nothing came for %d s.%s"
                .formatted(first, positions.get(first), ends.get(first), patience.toSeconds(), ADVICE));
    }
}
