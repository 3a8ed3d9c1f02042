package dev.stagecoach.local;

import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.TopicReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes what lifecycle-service derives from its topics anew, and holds it against what was there. Accounts as they were told, decisions
 * and what waits to be published stay as they are: docs/decisions/0003.
 */
final class LifecycleRebuild {

    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final List<String> READ =
            List.of(Topics.TIME_TICKS, Topics.ACCOUNTS, Topics.USAGE_PINGS, Topics.USAGE_EVENTS);
    private static final List<String> WRITTEN = List.of(
            Topics.LIFECYCLE_STAGES,
            Topics.LIFECYCLE_HEALTH,
            Topics.LIFECYCLE_MILESTONES,
            Topics.LIFECYCLE_USAGE,
            Topics.LIFECYCLE_RECAPS,
            Topics.LIFECYCLE_DEAD_LETTERS);

    private final Stack stack;
    private final Consumer<String> tell;

    /** @param tell takes lines for people */
    LifecycleRebuild(Stack stack, Consumer<String> tell) {
        this.stack = stack;
        this.tell = tell;
    }

    /**
     * Rebuilds, while nobody else tells or sends anything.
     *
     * @return whether all is as it was
     * @throws Complaint if it cannot be done; nothing has been changed then
     */
    boolean run() {
        long startedAt = System.nanoTime();
        try (var caughtUp = new CaughtUp(stack, PATIENCE);
                var database = connect()) {
            caughtUp.await(Service.LIFECYCLE);
            stack.kill(Service.LIFECYCLE);
            var tables = LifecycleTables.of(database);
            var published = ends(WRITTEN);
            try {
                requireWholeHistory();
                tables.empty();
            } finally {
                stack.start(Service.LIFECYCLE);
            }
            tell.accept("lifecycle-service reads its topics again, from their beginning.");
            stack.awaitReady(Service.LIFECYCLE);
            caughtUp.await(Service.LIFECYCLE);
            tell.accept("Read again after " + Terminal.seconds(Duration.ofNanos(System.nanoTime() - startedAt)) + ".");
            boolean same = tables.compare(tell);
            return nothingWasPublished(published) && same;
        } catch (SQLException e) {
            throw new Complaint("The database of lifecycle-service cannot be used: " + e.getMessage(), e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.jdbcUrl(Service.LIFECYCLE).orElseThrow(),
                stack.platform().databaseUser(),
                stack.platform().databasePassword());
    }

    private boolean nothingWasPublished(Map<String, Long> before) {
        var after = ends(WRITTEN);
        boolean same = after.equals(before);
        tell.accept(
                same ? "Nothing was published again." : "Published meanwhile: from " + before + " to " + after + ".");
        return same;
    }

    /** A journey depends on every change of its account's facts, and a count on every record. */
    private void requireWholeHistory() {
        try (var kafka = consumer()) {
            for (var topic : READ) {
                var partitions = partitions(topic);
                long kept = kafka.endOffsets(partitions).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                if (topic.equals(Topics.ACCOUNTS)) {
                    requireAll(topic, kept, count(kafka, partitions));
                } else {
                    long gone = kafka.beginningOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
                    requireAll(topic, kept, kept - gone);
                }
            }
        }
    }

    private static void requireAll(String topic, long written, long left) {
        if (left < written) {
            throw new Complaint(
                    "The topic " + topic + " has " + left + " of its " + written
                            + " records left: what was decided by the others cannot be made anew. Restore a backup of the database instead.");
        }
    }

    private static long count(KafkaConsumer<byte[], byte[]> kafka, List<TopicPartition> partitions) {
        var found = new AtomicLong();
        TopicReader.readAll(kafka, partitions, each -> found.incrementAndGet());
        return found.get();
    }

    private Map<String, Long> ends(List<String> topics) {
        try (var kafka = consumer()) {
            var ends = new TreeMap<String, Long>();
            for (var topic : topics) {
                long end = kafka.endOffsets(partitions(topic)).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                ends.put(topic, end);
            }
            return ends;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                TopicReader.settings(Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.platform().bootstrapServers())),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(String topic) {
        return new ArrayList<>(IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList());
    }
}
