package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import dev.stagecoach.outreach.adapter.JdbcTold.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what this service told before it sends anything. Whatever a database restored from a backup has forgotten, its topics
 * have not: a mail that was told of as sent is not sent again. Where nothing was forgotten there is nothing to read but what was
 * told in the last minute.
 */
final class KafkaTold {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTold.class);
    static final List<String> OWN_TOPICS = List.of(Topics.OUTREACH_MESSAGES, Topics.OUTREACH_RESPONSES);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWERS = Duration.ofSeconds(10);
    private static final long GIVE_UP_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long KEEP_UP_NANOS = Duration.ofMinutes(1).toNanos();

    private final KafkaConnection kafka;
    private final DataSource database;
    /** Where this process has left the positions. Touched by the thread of the consumer only. */
    private final Map<TopicPartition, Long> left = new HashMap<>();

    private long keptUpAt = System.nanoTime();

    KafkaTold(KafkaConnection kafka, DataSource database) {
        this.kafka = kafka;
        this.database = database;
    }

    /**
     * Reads what was told in these partitions up to now, and takes in what the database does not know.
     *
     * @throws RuntimeException when that cannot be done: then nothing must be sent
     */
    void recall(Set<Integer> partitions) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(ownTopics(partitions), ANSWERS);
            seek(consumer, partitions, ends);
            int learned = 0;
            long deadline = System.nanoTime() + GIVE_UP_NANOS;
            while (!isAtEnd(consumer, ends)) {
                ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
                if (!polled.isEmpty()) {
                    deadline = System.nanoTime() + GIVE_UP_NANOS;
                    learned += learn(consumer, polled);
                } else if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "what was told cannot be read back from " + kafka.bootstrapServers());
                }
            }
            leave(consumer, ends.keySet());
            if (learned > 0) {
                LOG.warn(
                        "{} mails and choices that were told of were missing in the database: was it restored?",
                        learned);
            }
        }
    }

    /** Notes, from time to time, that the database knows all that was told: it came from there. */
    void keepUp(Connection transaction) {
        if (left.isEmpty() || System.nanoTime() - keptUpAt < KEEP_UP_NANOS) {
            return;
        }
        keptUpAt = System.nanoTime();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            for (Map.Entry<TopicPartition, Long> end :
                    consumer.endOffsets(left.keySet(), ANSWERS).entrySet()) {
                TopicPartition partition = end.getKey();
                Position from = new Position(
                        partition.topic(), partition.partition(), left.getOrDefault(partition, end.getValue()));
                JdbcTold.moveOn(transaction, from, end.getValue());
                left.put(partition, end.getValue());
            }
        } catch (KafkaException e) {
            LOG.debug("what was told is looked at later", e);
        } catch (SQLException e) {
            throw new Jdbc.Failed(e);
        }
    }

    void forget(Set<Integer> partitions) {
        left.keySet().removeIf(partition -> partitions.contains(partition.partition()));
    }

    private static List<TopicPartition> ownTopics(Set<Integer> partitions) {
        List<TopicPartition> own = new ArrayList<>();
        for (String topic : OWN_TOPICS) {
            partitions.forEach(partition -> own.add(new TopicPartition(topic, partition)));
        }
        return own;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                kafka.with(Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private void seek(KafkaConsumer<String, byte[]> consumer, Set<Integer> partitions, Map<TopicPartition, Long> ends) {
        consumer.assign(ends.keySet());
        Map<TopicPartition, Long> stored = new HashMap<>();
        Jdbc.inTransaction(database, transaction -> JdbcTold.positions(transaction, partitions))
                .forEach(position ->
                        stored.put(new TopicPartition(position.topic(), position.partition()), position.nextOffset()));
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long from = stored.getOrDefault(end.getKey(), 0L);
            // A topic that was made anew has nothing of what the old one had.
            consumer.seek(end.getKey(), from > end.getValue() ? 0 : from);
        }
    }

    private static boolean isAtEnd(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private int learn(KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> polled) {
        List<Event<?>> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> told : polled) {
            try {
                EventCodec.read(told).ifPresent(events::add);
            } catch (UnreadableEventException e) {
                LOG.warn("{}-{}@{} is passed over: {}", told.topic(), told.partition(), told.offset(), e.getMessage());
            }
        }
        return Jdbc.inTransaction(database, transaction -> {
            int learned = JdbcTold.learn(transaction, events);
            JdbcTold.move(transaction, positions(consumer, polled.partitions()));
            return learned;
        });
    }

    private static List<Position> positions(KafkaConsumer<String, byte[]> consumer, Set<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> new Position(partition.topic(), partition.partition(), consumer.position(partition)))
                .toList();
    }

    private void leave(KafkaConsumer<String, byte[]> consumer, Set<TopicPartition> partitions) {
        List<Position> positions = positions(consumer, partitions);
        Jdbc.inTransaction(database, transaction -> {
            JdbcTold.move(transaction, positions);
            return positions;
        });
        positions.forEach(position ->
                left.put(new TopicPartition(position.topic(), position.partition()), position.nextOffset()));
    }
}
