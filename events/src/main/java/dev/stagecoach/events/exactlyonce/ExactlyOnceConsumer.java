package dev.stagecoach.events.exactlyonce;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import dev.stagecoach.events.EventHeaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics so that each record has its effect once, whatever is killed when. A batch, the state it changes, the events it
 * causes and its offsets commit in one transaction. On assignment the offsets are read back from the database; a member that
 * lost its partitions without noticing fails on the offset check instead of writing.
 *
 * <p>A plain consumer on a thread of its own rather than a reactive channel: assignment, seek, processing and offset check must
 * not overlap, and one thread makes that true by construction.
 *
 * @param <R> what its handler works on
 */
public final class ExactlyOnceConsumer<R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceConsumer.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
    private static final Duration KAFKA_ANSWERS = Duration.ofSeconds(5);
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 1_000;
    /** Also how long a partition waits to be fetched again while a request for the others is under way. */
    private static final int FETCH_WAIT_MILLIS = 100;
    /** Batches to read ahead, so that what has arrived is merged and not only what fits in one poll. */
    private static final int BATCHES_AHEAD = 4;

    private final ConsumerSettings settings;
    private final Map<String, Object> kafkaSettings;
    private final DataSource database;
    private final RecordReader<R> reader;
    private final BatchHandler<R> handler;
    private final List<Runnable> afterCommit = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final DeadLetters deadLetters;
    private final Figures figures = new Figures();

    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile @Nullable String problem = "not started yet";
    private volatile @Nullable String blocked;
    private volatile @Nullable String stopped;

    // Below: touched by the consumer's thread only.
    private final Lanes lanes;
    private final Map<Integer, Trouble> troubles = new TreeMap<>();
    /** Lanes whose positions must be read back from the database before anything that is polled may count. */
    private final Set<Integer> unplaced = new TreeSet<>();
    /** Lanes that the handler was told to have. */
    private final Set<Integer> remembered = new TreeSet<>();

    private boolean busy;

    public ExactlyOnceConsumer(
            ConsumerSettings settings, DataSource database, RecordReader<R> reader, BatchHandler<R> handler) {
        this(settings, Map.of(), database, reader, handler);
    }

    /** A consumer some of whose Kafka settings differ from the usual ones. */
    ExactlyOnceConsumer(
            ConsumerSettings settings,
            Map<String, Object> kafkaSettings,
            DataSource database,
            RecordReader<R> reader,
            BatchHandler<R> handler) {
        this.settings = settings;
        this.kafkaSettings = Map.copyOf(kafkaSettings);
        this.database = database;
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = new DeadLetters(settings);
        this.lanes = new Lanes(settings.topics(), settings.maxBatch());
        this.thread = new Thread(this::run, "exactly-once-" + settings.group());
    }

    /** Joins the group. Returns at once; an absent broker or database is a {@link #problem()}, not an error. */
    public void start() {
        thread.start();
    }

    /** Calls the listener on the consumer's thread after each commit, to wake up what reads the tables. */
    public void afterCommit(Runnable listener) {
        afterCommit.add(listener);
    }

    /**
     * Why no progress is made, or why some lanes wait for something around them to pass; empty when all is well, or well but for
     * what is {@link #blocked()}.
     */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * The records that cannot be applied, and why. Each is tried again from time to time, and holds up the accounts of its own
     * partition number meanwhile; all others go on. One whose failure lies in itself is set aside after {@value
     * Trouble#MOST_TRIES} tries.
     */
    public Optional<String> blocked() {
        return Optional.ofNullable(blocked);
    }

    /** Why this member reads no more although nobody closed it; empty while it does. Only a new process helps. */
    public Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** What this member has done and has left to do. */
    Figures figures() {
        return figures;
    }

    /** The consumer group that this member belongs to. */
    String group() {
        return settings.group();
    }

    /** Finishes the batch at hand and leaves the group. */
    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<String, byte[]> connected = consumer;
        if (connected != null) {
            connected.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (KafkaConsumer<String, byte[]> kafka = connect()) {
            if (kafka != null) {
                kafka.subscribe(settings.topics(), new Rebalance(kafka));
            }
            while (kafka != null && !isClosing()) {
                step(kafka);
            }
            problem = "closed";
        } catch (WakeupException | InterruptException | InterruptedException e) {
            problem = "closed";
        } catch (FencedInstanceIdException e) {
            stop("another process runs under the name " + settings.replica(), e);
        } catch (RuntimeException | Error e) {
            stop("stopped: " + e, e);
        }
    }

    private void stop(String why, Throwable failure) {
        problem = why;
        stopped = why;
        LOG.error("{} stops: {}", settings.group(), why, failure);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Null when closed before it came to that. */
    private @Nullable KafkaConsumer<String, byte[]> connect() throws InterruptedException {
        while (!isClosing()) {
            try {
                KafkaConsumer<String, byte[]> connected =
                        new KafkaConsumer<>(kafkaConfig(), new StringDeserializer(), new ByteArrayDeserializer());
                consumer = connected;
                return connected;
            } catch (KafkaException e) {
                // The broker's name does not resolve, for instance.
                report(e);
                pauseAfterFailure();
            }
        }
        return null;
    }

    private Map<String, Object> kafkaConfig() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxBatch());
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        // A topic made up on the way would have the wrong number of partitions.
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // The same partition number of every topic goes to the same member.
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        if (settings.replica() != null) {
            config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.replica());
        }
        config.putAll(kafkaSettings);
        return settings.kafka().with(config);
    }

    private void step(KafkaConsumer<String, byte[]> kafka) throws InterruptedException {
        try {
            read(kafka);
            if (!unplaced.isEmpty()) {
                place(kafka);
            }
            busy = applyWhatIsDue(kafka);
            lanes.holdBack(kafka);
            problem = isMember(kafka)
                    ? whatIsWaitedFor()
                    : "not a member of the group yet: is " + settings.kafka().bootstrapServers() + " up?";
            lanes.measure(kafka, figures);
            figures.stepDone(busy, problem == null);
        } catch (WakeupException | InterruptException | FencedInstanceIdException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            report(e);
            pauseAfterFailure();
        }
    }

    private void report(Exception failure) {
        String text = failure.toString();
        if (text.equals(problem)) {
            LOG.debug("{}: still no progress", settings.group(), failure);
        } else {
            LOG.error("{}: no progress, trying again", settings.group(), failure);
        }
        problem = text;
    }

    private void pauseAfterFailure() throws InterruptedException {
        boolean closed = closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        if (closed) {
            LOG.debug("{} closes", settings.group());
        }
    }

    private static boolean isMember(KafkaConsumer<String, byte[]> kafka) {
        return kafka.groupMetadata().generationId() >= 0;
    }

    /** Waits for records only when there is nothing else to do, then takes all that has arrived, within bounds. */
    private void read(KafkaConsumer<String, byte[]> kafka) {
        ConsumerRecords<String, byte[]> polled = kafka.poll(busy || !unplaced.isEmpty() ? Duration.ZERO : POLL);
        int records = 0;
        while (!polled.isEmpty()) {
            for (ConsumerRecord<String, byte[]> consumed : polled) {
                // A lane without a place was read from wherever Kafka thought that this group stands.
                if (!unplaced.contains(consumed.partition())) {
                    lanes.add(consumed);
                }
            }
            records += polled.count();
            if (records >= BATCHES_AHEAD * settings.maxBatch()) {
                return;
            }
            lanes.holdBack(kafka);
            polled = kafka.poll(Duration.ZERO);
        }
    }

    private boolean applyWhatIsDue(KafkaConsumer<String, byte[]> kafka) {
        List<ConsumerRecord<String, byte[]>> together = new ArrayList<>();
        for (int lane : lanes.numbers()) {
            if (!troubles.containsKey(lane)) {
                lanes.takeInOrder(kafka, lane, settings.maxBatch(), together);
            }
        }
        boolean applied = !together.isEmpty() && attemptReplayedApart(kafka, together, null);
        for (Map.Entry<Integer, Trouble> lane : List.copyOf(troubles.entrySet())) {
            if (lane.getValue().mayTryAgain(System.nanoTime())) {
                applied |= applyAlone(kafka, lane.getKey(), lane.getValue());
            }
        }
        return applied;
    }

    private boolean applyAlone(KafkaConsumer<String, byte[]> kafka, int lane, Trouble trouble) {
        if (unplaced.contains(lane)) {
            return false;
        }
        List<ConsumerRecord<String, byte[]>> alone = new ArrayList<>();
        lanes.takeInOrder(kafka, lane, trouble.limit(), alone);
        if (alone.isEmpty()) {
            return false;
        }
        boolean givenUp = trouble.hasGivenUpOn(alone.get(0));
        if (!attemptReplayedApart(kafka, alone, givenUp ? trouble.why() : null)) {
            return false;
        }
        Trouble eased = trouble.eased();
        if (eased.limit() >= settings.maxBatch()) {
            troubles.remove(lane);
        } else {
            troubles.put(lane, eased);
        }
        sayWhatIsBlocked();
        return true;
    }

    /**
     * A transaction is either a replay or not. Where a lane has both, as happens around the end of a replay, what comes after the
     * change is read again.
     */
    private boolean attemptReplayedApart(
            KafkaConsumer<String, byte[]> kafka, List<ConsumerRecord<String, byte[]>> batch, @Nullable String givenUp) {
        if (!lanes.isReplaying()) {
            return attempt(kafka, batch, false, givenUp);
        }
        Map<Integer, Boolean> kinds = new HashMap<>();
        Set<Integer> cut = new TreeSet<>();
        Map<Boolean, List<ConsumerRecord<String, byte[]>>> apart = new HashMap<>();
        for (ConsumerRecord<String, byte[]> one : batch) {
            boolean replayed = lanes.isReplayed(one);
            if (kinds.computeIfAbsent(one.partition(), lane -> replayed) != replayed) {
                cut.add(one.partition());
            }
            if (!cut.contains(one.partition())) {
                apart.computeIfAbsent(replayed, kind -> new ArrayList<>()).add(one);
            }
        }
        boolean applied = true;
        for (Map.Entry<Boolean, List<ConsumerRecord<String, byte[]>>> kind : apart.entrySet()) {
            applied &= attempt(kafka, kind.getValue(), kind.getKey(), givenUp);
        }
        unplaced.addAll(cut);
        return applied;
    }

    /**
     * @param replay whether all of the batch was applied before
     * @param givenUp why the batch, a single record, is to be set aside; null to apply it
     */
    private boolean attempt(
            KafkaConsumer<String, byte[]> kafka,
            List<ConsumerRecord<String, byte[]>> batch,
            boolean replay,
            @Nullable String givenUp) {
        Map<TopicPartition, Long> next = nextOffsets(batch);
        try {
            figures.add(apply(batch, next, replay, givenUp));
        } catch (StaleOwnerException e) {
            LOG.warn("{}: {}; reading the stored offsets again", settings.group(), e.getMessage());
            unplaced.addAll(lanes.numbers());
            return false;
        } catch (InapplicableException e) {
            blame(batch, e.failure(), Fault.of(e.failure()));
            return false;
        } catch (SQLException e) {
            blame(batch, e, Fault.of(e));
            return false;
        } catch (RuntimeException e) {
            blame(batch, e, Fault.OF_THE_SURROUNDINGS);
            return false;
        }
        lanes.moved(next);
        kafka.commitAsync(forMonitoring(next), (offsets, error) -> {
            if (error != null) {
                LOG.debug("offsets for monitoring were not committed: {}", error.toString());
            }
        });
        afterCommit.forEach(ExactlyOnceConsumer::tell);
        return true;
    }

    private static Map<TopicPartition, Long> nextOffsets(List<ConsumerRecord<String, byte[]>> batch) {
        Map<TopicPartition, Long> next = new HashMap<>();
        TopicPartition partition = null;
        long offset = 0;
        // Records of a partition mostly come in runs.
        for (ConsumerRecord<String, byte[]> consumed : batch) {
            if (partition == null
                    || partition.partition() != consumed.partition()
                    || !partition.topic().equals(consumed.topic())) {
                if (partition != null) {
                    next.put(partition, offset);
                }
                partition = new TopicPartition(consumed.topic(), consumed.partition());
            }
            offset = consumed.offset() + 1;
        }
        if (partition != null) {
            next.put(partition, offset);
        }
        return next;
    }

    private static Map<TopicPartition, OffsetAndMetadata> forMonitoring(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue())));
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener failed after the commit", e);
        }
    }

    private Tally apply(
            List<ConsumerRecord<String, byte[]>> batch,
            Map<TopicPartition, Long> next,
            boolean replay,
            @Nullable String givenUp)
            throws SQLException, StaleOwnerException, InapplicableException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                Offsets.move(transaction, lanes.positions(numbers(next.keySet())), next);
                if (replay) {
                    Offsets.sayReplay(transaction);
                }
                Tally tally = givenUp == null
                        ? readAndHandle(transaction, batch)
                        : setAside(transaction, batch.get(0), givenUp);
                transaction.commit();
                return tally;
            } catch (SQLException | StaleOwnerException | InapplicableException | RuntimeException | Error e) {
                // Said outright: what a pool does with an open transaction on close is its own affair.
                rollBack(transaction, e);
                throw e;
            }
        }
    }

    private Tally readAndHandle(Connection transaction, List<ConsumerRecord<String, byte[]>> batch)
            throws SQLException, InapplicableException {
        try {
            DeadLetters.Reading<R> read = deadLetters.readOrSetAside(transaction, reader, batch);
            if (!read.events().isEmpty()) {
                handler.handle(transaction, read.events());
            }
            return new Tally(batch.size(), read.events().size(), read.setAside(), 0);
        } catch (RuntimeException e) {
            throw new InapplicableException(e);
        }
    }

    private Tally setAside(Connection transaction, ConsumerRecord<String, byte[]> one, String why) throws SQLException {
        deadLetters.setAside(transaction, one, DeadLetters.Kind.INAPPLICABLE, why);
        return new Tally(1, 0, 0, 1);
    }

    private static void rollBack(Connection transaction, Throwable cause) {
        try {
            transaction.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Nobody knows which record it was, or even whether the transaction has committed after all: the lanes concerned start again
     * from the database, each for itself.
     */
    private void blame(List<ConsumerRecord<String, byte[]>> batch, Exception failure, Fault fault) {
        Set<Integer> concerned = numbers(nextOffsets(batch).keySet());
        for (int lane : concerned) {
            Trouble known = troubles.get(lane);
            troubles.put(
                    lane,
                    known == null
                            ? Trouble.first(settings.maxBatch(), batch.get(0), failure, fault, System.nanoTime())
                            : known.again(batch.size(), batch.get(0), failure, fault, System.nanoTime()));
        }
        unplaced.addAll(concerned);
        ConsumerRecord<String, byte[]> first = batch.get(0);
        boolean alone = batch.size() == 1;
        LogFields.about(
                alone ? first.key() : null,
                alone ? EventHeaders.ID.read(first.headers()).orElse(null) : null,
                () -> LOG.error(
                        "{}: {} records cannot be applied, trying again", settings.group(), batch.size(), failure));
        sayWhatIsBlocked();
    }

    private void sayWhatIsBlocked() {
        blocked = descriptions(Trouble::isOneRecord);
    }

    private @Nullable String whatIsWaitedFor() {
        return descriptions(Trouble::isWaiting);
    }

    /** Null where there are none. */
    private @Nullable String descriptions(Predicate<Trouble> which) {
        String text = troubles.values().stream()
                .filter(which)
                .map(Trouble::description)
                .distinct()
                .collect(joining("; "));
        return text.isEmpty() ? null : text;
    }

    /** Forgets what is buffered of the unplaced lanes and reads on from where the database says that this group stands. */
    private void place(KafkaConsumer<String, byte[]> kafka) throws SQLException {
        Set<Integer> placing = Set.copyOf(unplaced);
        List<TopicPartition> partitions = lanes.partitions(placing);
        requireWholeLanes(partitions, kafka.assignment());
        forget(placing);
        Map<TopicPartition, Long> stored;
        Map<TopicPartition, Long> replays;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            stored = Offsets.read(connection, partitions);
            replays = Offsets.readReplays(connection, partitions);
        }
        Map<TopicPartition, Long> ends = kafka.endOffsets(partitions, KAFKA_ANSWERS);
        requireTheSameTopics(stored, ends);
        stored.forEach(kafka::seek);
        kafka.resume(partitions);
        lanes.place(placing, stored, ends, replays);
        remembered.addAll(placing);
        handler.assigned(placing);
        unplaced.removeAll(placing);
    }

    /** Half a lane is another member's too: it reads other topics, or these do not all have as many partitions. */
    private static void requireWholeLanes(List<TopicPartition> partitions, Set<TopicPartition> assignment) {
        String missing = partitions.stream()
                .filter(partition -> !assignment.contains(partition))
                .map(TopicPartition::toString)
                .sorted()
                .collect(joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "not assigned: " + missing
                            + " (expected: all topics exist with the same number of partitions, and every member reads all of them)");
        }
    }

    private static void requireTheSameTopics(Map<TopicPartition, Long> stored, Map<TopicPartition, Long> ends) {
        stored.forEach((partition, offset) -> {
            long end = ends.getOrDefault(partition, 0L);
            if (offset > end) {
                throw new IllegalStateException(partition + ": consumed up to " + offset + ", but it ends at " + end
                        + " (expected: the log that was read before; if it was made anew on purpose, set its"
                        + " consumed_offset.next_offset to 0)");
            }
        });
    }

    /** What the handler remembers may be of another's making, or of a transaction that never was. */
    private void forget(Set<Integer> numbers) {
        Set<Integer> known = numbers.stream().filter(remembered::contains).collect(toCollection(TreeSet::new));
        remembered.removeAll(known);
        if (!known.isEmpty()) {
            handler.revoked(known);
        }
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(toCollection(TreeSet::new));
    }

    /**
     * An exception in here would be lost on the group, which calls a listener once: what fails is tried again by the next step. A
     * rebalance takes away everything first (the assignor is an eager one), so all positions are read back after it.
     */
    private final class Rebalance implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> kafka;

        Rebalance(KafkaConsumer<String, byte[]> kafka) {
            this.kafka = kafka;
        }

        /** Places at once where it can, before Kafka fetches from anywhere else. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unplaced.addAll(numbers(partitions));
            if (unplaced.isEmpty()) {
                return;
            }
            try {
                place(kafka);
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (SQLException | RuntimeException e) {
                report(e);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lanes.clear();
            figures.lags(Map.of());
            troubles.clear();
            unplaced.clear();
            sayWhatIsBlocked();
            try {
                forget(Set.copyOf(remembered));
            } catch (RuntimeException e) {
                LOG.error("{}: the handler failed to let go of its partitions", settings.group(), e);
            }
        }
    }
}
