package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.UnreadableEventException;

/**
 * Reads topics so that each record has its effect once, whatever is killed when. A batch, the state it changes, the events it
 * causes and its offsets commit in one transaction. On assignment the offsets are read back from the database; a member that
 * lost its partitions without noticing fails on the offset check instead of writing.
 *
 * <p>A plain consumer on a thread of its own rather than a reactive channel: assignment, seek, processing and offset check must
 * not overlap, and one thread makes that true by construction.
 */
public final class ExactlyOnceConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceConsumer.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final ConsumerSettings settings;
    private final DataSource database;
    private final BatchHandler handler;
    private final List<Runnable> afterCommit = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread;

    private @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile @Nullable String problem = "not started yet";

    // Below: touched by the consumer's thread only.
    private final Map<TopicPartition, Long> position = new HashMap<>();
    private final Map<Integer, Lane> lanes = new TreeMap<>();
    private List<ConsumerRecord<String, byte[]>> failed = List.of();
    /** Whether positions must be read back from the database before anything that is polled may count. */
    private boolean unplaced;

    public ExactlyOnceConsumer(ConsumerSettings settings, DataSource database, BatchHandler handler) {
        this.settings = settings;
        this.database = database;
        this.handler = handler;
        this.thread = new Thread(this::run, "exactly-once-" + settings.group());
    }

    /** Joins the group. Returns at once; an absent broker or database is a {@link #problem()}, not an error. */
    public void start() {
        Map<String, Object> config = new HashMap<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.group(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                settings.maxBatch(),
                // The same partition number of every topic goes to the same member.
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                RangeAssignor.class.getName(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                SESSION_TIMEOUT_MILLIS));
        if (settings.replica() != null) {
            config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.replica());
        }
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        thread.start();
    }

    /** Calls the listener on the consumer's thread after each commit, to wake up what reads the tables. */
    public void afterCommit(Runnable listener) {
        afterCommit.add(listener);
    }

    /** Why no progress is made; empty when all is well. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Finishes the batch at hand and leaves the group. */
    @Override
    public void close() {
        KafkaConsumer<String, byte[]> started = consumer;
        if (started == null || closing.getAndSet(true)) {
            return;
        }
        started.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        KafkaConsumer<String, byte[]> kafka = Objects.requireNonNull(consumer);
        try (kafka) {
            kafka.subscribe(settings.topics(), new Rebalance());
            while (!closing.get()) {
                step(kafka);
            }
        } catch (WakeupException e) {
            LOG.debug("{} closes", settings.group());
        } catch (FencedInstanceIdException e) {
            problem = "another process runs under the name " + settings.replica();
            LOG.error("{} stops: {}", settings.group(), problem, e);
        }
    }

    private void step(KafkaConsumer<String, byte[]> kafka) {
        try {
            ConsumerRecords<String, byte[]> polled = kafka.poll(failed.isEmpty() ? POLL : PAUSE_AFTER_FAILURE);
            if (unplaced) {
                // What was polled came from wherever Kafka thought this group stands.
                readBackPositions(kafka);
                return;
            }
            for (TopicPartition partition : polled.partitions()) {
                lane(partition).add(partition, polled.records(partition));
            }
            List<ConsumerRecord<String, byte[]>> batch = failed.isEmpty() ? nextBatch(kafka) : failed;
            if (!batch.isEmpty()) {
                apply(kafka, batch);
            }
            holdBack(kafka);
            problem = isMember(kafka)
                    ? null
                    : "not a member of the group yet: is " + settings.bootstrapServers() + " up?";
        } catch (WakeupException | FencedInstanceIdException e) {
            throw e;
        } catch (StaleOwnerException e) {
            LOG.warn("{}; reading the stored offsets again", e.getMessage());
            failed = List.of();
            unplaced = true;
        } catch (SQLException | RuntimeException e) {
            problem = e.toString();
            LOG.error("{}: no progress, trying again", settings.group(), e);
        }
    }

    private static boolean isMember(KafkaConsumer<String, byte[]> kafka) {
        return kafka.groupMetadata().generationId() >= 0;
    }

    private Lane lane(TopicPartition partition) {
        return lanes.computeIfAbsent(partition.partition(), number -> new Lane());
    }

    private List<ConsumerRecord<String, byte[]>> nextBatch(KafkaConsumer<String, byte[]> kafka) {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
        Set<TopicPartition> assignment = kafka.assignment();
        for (Map.Entry<Integer, Lane> lane : lanes.entrySet()) {
            List<String> topics = assignment.stream()
                    .filter(partition -> partition.partition() == lane.getKey())
                    .map(TopicPartition::topic)
                    .toList();
            lane.getValue()
                    .takeInOrder(
                            topics,
                            topic -> readToEnd(kafka, new TopicPartition(topic, lane.getKey())),
                            settings.maxBatch(),
                            batch);
        }
        return batch;
    }

    private static boolean readToEnd(KafkaConsumer<String, byte[]> kafka, TopicPartition partition) {
        OptionalLong lag = kafka.currentLag(partition);
        return lag.isPresent() && lag.getAsLong() == 0;
    }

    /** Keeps memory bounded while a lane waits for one of its topics. */
    private void holdBack(KafkaConsumer<String, byte[]> kafka) {
        Set<TopicPartition> paused = kafka.paused();
        for (TopicPartition partition : kafka.assignment()) {
            boolean full = lane(partition).size(partition.topic()) >= settings.maxBatch();
            if (full && !paused.contains(partition)) {
                kafka.pause(List.of(partition));
            } else if (!full && paused.contains(partition)) {
                kafka.resume(List.of(partition));
            }
        }
    }

    private void apply(KafkaConsumer<String, byte[]> kafka, List<ConsumerRecord<String, byte[]>> batch)
            throws SQLException, StaleOwnerException {
        failed = batch;
        Map<TopicPartition, Long> next = new HashMap<>();
        List<Received> events = new ArrayList<>(batch.size());
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                for (ConsumerRecord<String, byte[]> consumed : batch) {
                    next.put(new TopicPartition(consumed.topic(), consumed.partition()), consumed.offset() + 1);
                }
                Offsets.move(transaction, position, next);
                for (ConsumerRecord<String, byte[]> consumed : batch) {
                    read(transaction, consumed)
                            .ifPresent(event -> events.add(
                                    new Received(event, consumed.topic(), consumed.partition(), consumed.offset())));
                }
                handler.handle(transaction, events);
                transaction.commit();
            } catch (SQLException | StaleOwnerException | RuntimeException e) {
                rollBack(transaction, e);
                throw e;
            }
        }
        failed = List.of();
        position.putAll(next);
        kafka.commitAsync(forMonitoring(next), (offsets, error) -> {
            if (error != null) {
                LOG.debug("offsets for monitoring were not committed: {}", error.toString());
            }
        });
        afterCommit.forEach(Runnable::run);
    }

    private static void rollBack(Connection transaction, Exception cause) {
        try {
            transaction.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> forMonitoring(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue())));
    }

    private static Optional<Event<?>> read(Connection transaction, ConsumerRecord<String, byte[]> consumed)
            throws SQLException {
        try {
            return EventCodec.read(consumed);
        } catch (UnreadableEventException e) {
            LOG.warn(
                    "{}-{}@{} is set aside: {}",
                    consumed.topic(),
                    consumed.partition(),
                    consumed.offset(),
                    e.getMessage());
            setAside(transaction, consumed, e.getMessage());
            return Optional.empty();
        }
    }

    private static void setAside(
            Connection transaction, ConsumerRecord<String, byte[]> consumed, @Nullable String reason)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(
                "insert into dead_letter (topic, partition, at_offset, reason, value) values (?, ?, ?, ?, ?)"
                        + " on conflict do nothing")) {
            insert.setString(1, consumed.topic());
            insert.setInt(2, consumed.partition());
            insert.setLong(3, consumed.offset());
            insert.setString(4, String.valueOf(reason));
            insert.setBytes(5, consumed.value());
            insert.executeUpdate();
        }
    }

    /** Forgets what is buffered and reads on from where the database says that this group stands. */
    private void readBackPositions(KafkaConsumer<String, byte[]> kafka) throws SQLException {
        lanes.clear();
        position.clear();
        Set<TopicPartition> mine = kafka.assignment();
        try (Connection connection = database.getConnection()) {
            position.putAll(Offsets.read(connection, mine));
        }
        position.forEach(kafka::seek);
        kafka.resume(kafka.paused());
        handler.assigned(numbers(mine));
        unplaced = false;
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Only marks what happened: an exception in here would be lost on the group, which calls a listener once. A rebalance takes
     * away everything first (the assignor is an eager one), so all positions are read back after it.
     */
    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unplaced = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            failed = List.of();
            unplaced = true;
            handler.revoked(numbers(partitions));
        }
    }
}
