package dev.stagecoach.ingest.adapter;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands every record of a topic to a handler, on one thread, without a consumer group: each replica of this service follows the whole
 * topic. After a failure it begins anew, so the handler sees records again.
 */
final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** Within this, partitions that were added are noticed. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    /** Where following begins. */
    enum Start {
        FIRST_RECORD,
        LAST_RECORD
    }

    private final String topic;
    private final Start start;
    private final Consumer<ConsumerRecord<String, byte[]>> handler;
    private final Map<String, Object> settings;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean caughtUp;
    private volatile @Nullable String problem = "not read yet";

    TopicFollower(
            Map<String, Object> kafka, String topic, Start start, Consumer<ConsumerRecord<String, byte[]>> handler) {
        this.topic = topic;
        this.start = start;
        this.handler = handler;
        this.settings = settings(kafka, topic);
        this.thread = new Thread(this::run, "follow " + topic);
        thread.setDaemon(true);
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, String topic) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "usage-ingest-" + topic);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    void start() {
        thread.start();
    }

    /** Whether everything that was in the topic when following began has been handled once. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    /** Why nothing comes in at present, if so. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (KafkaConsumer<String, byte[]> opened =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException | Error e) {
                // Whatever it was, what comes on the topic must not be missed for ever.
                complain(e.toString());
            } finally {
                consumer = null;
            }
            if (pause()) {
                return;
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> opened) {
        List<TopicPartition> partitions = partitions(opened);
        if (partitions.isEmpty()) {
            complain("the topic does not exist");
            return;
        }
        opened.assign(partitions);
        Map<TopicPartition, Long> ends = opened.endOffsets(partitions, ANSWER);
        seek(opened, ends);
        problem = null;
        long lookAgain = System.nanoTime() + LOOK_AGAIN.toNanos();
        while (closing.getCount() > 0) {
            opened.poll(POLL).forEach(this::handle);
            caughtUp = caughtUp || reached(opened, ends);
            if (System.nanoTime() - lookAgain > 0) {
                if (partitions(opened).size() != partitions.size()) {
                    return;
                }
                lookAgain = System.nanoTime() + LOOK_AGAIN.toNanos();
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> opened) {
        Collection<PartitionInfo> found = opened.partitionsFor(topic, ANSWER);
        return found == null
                ? List.of()
                : found.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
    }

    private void seek(KafkaConsumer<String, byte[]> opened, Map<TopicPartition, Long> ends) {
        if (start == Start.FIRST_RECORD) {
            opened.seekToBeginning(ends.keySet());
        } else {
            ends.forEach((partition, end) -> opened.seek(partition, Math.max(0, end - 1)));
        }
    }

    private static boolean reached(KafkaConsumer<String, byte[]> opened, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> opened.position(end.getKey(), ANSWER) >= end.getValue());
    }

    /** A record that nobody can read must not stop the ones behind it. */
    private void handle(ConsumerRecord<String, byte[]> consumed) {
        try {
            handler.accept(consumed);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Skipped %s-%d@%d", topic, consumed.partition(), consumed.offset());
        }
    }

    private void complain(String reason) {
        if (!reason.equals(problem)) {
            LOG.warnf("Cannot follow %s: %s", topic, reason);
        }
        problem = reason;
    }

    /** Whether it was closed meanwhile. */
    private boolean pause() {
        try {
            return closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<String, byte[]> opened = consumer;
        if (opened != null) {
            opened.wakeup();
        }
        try {
            thread.join(ANSWER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
