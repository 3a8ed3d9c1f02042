package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.events.EventCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the outbox in its order and deletes what Kafka has acknowledged. A crash between the two publishes again, with the
 * same ids. One relay works at a time however many replicas there are: an advisory lock keeps the order.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int MOST_AT_ONCE = 1000;
    /** For what no wake-up told of: another process committed it and was killed, for instance. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final long PAUSE_AFTER_FAILURE_MILLIS = 500;
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
    private static final Duration PAUSE_OF_DEAD_LETTERS = Duration.ofSeconds(30);
    /** "outbox" in ASCII: any number will do that nothing else in the database locks. */
    private static final long LOCK = 0x6f7574626f78L;

    /** A relay that froze in the middle must not keep the others from publishing: longer than Kafka gets for an answer. */
    private static final String BOUND_WAITING = "set local idle_in_transaction_session_timeout = '30s'";

    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(" + LOCK + ")";
    private static final String READ = """
            select seq, id, type, topic, source, account, time, causation_id, trace_parent, value, key, header_names, header_values
            from outbox where (header_names is null) = ? order by seq limit ?
            """;
    /** Under the topic that it was for, no partition, and its place in the outbox. */
    private static final String SET_ASIDE = """
            insert into dead_letter (topic, partition, at_offset, kind, reason, value, key)
            select topic, -1, seq, ?, type || ' ' || id || ': ' || ?, value, convert_to(account, 'UTF8')
            from outbox where seq = ? and header_names is null
            on conflict do nothing
            """;

    private static final String DELETE = "delete from outbox where seq = any (?)";

    private final KafkaConnection kafka;
    private final DataSource database;
    private final Duration gather;
    private final Duration lookEvery;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "outbox-relay");
    private volatile @Nullable String problem;
    private volatile @Nullable String refusedDeadLetters;
    private volatile @Nullable String stopped;
    private volatile OutboxSize size = OutboxSize.UNKNOWN;

    // Below: touched by the relay's thread only.
    private long nextMeasure = System.nanoTime();
    private long nextDeadLetters = System.nanoTime();
    private long publishedAt;

    /** Publishes at once, whatever it finds. */
    public OutboxRelay(KafkaConnection kafka, DataSource database) {
        this(kafka, database, Duration.ZERO);
    }

    /**
     * Publishes together what comes soon after other events.
     *
     * @param gather the least from one publication to the next: so much later, at most, is an event told in a crowd; one that comes
     *     alone is told at once
     */
    public OutboxRelay(KafkaConnection kafka, DataSource database, Duration gather) {
        this(kafka, database, gather, LOOK_EVERY);
    }

    /** Looks by itself, without being woken, as often as is said. */
    OutboxRelay(KafkaConnection kafka, DataSource database, Duration gather, Duration lookEvery) {
        this.kafka = kafka;
        this.database = database;
        this.gather = gather;
        this.lookEvery = lookEvery;
        this.publishedAt = System.nanoTime() - gather.toNanos();
    }

    /** Returns at once; an absent broker or database is a {@link #problem()}, not an error. */
    public void start() {
        thread.start();
    }

    /** Says that there may be something to publish; never blocks. */
    public void wake() {
        work.release();
    }

    /** Why nothing is published; empty when all is well. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Why dead letters are not published, which keeps nothing else; empty when all is well. They are tried again from time to time. */
    public Optional<String> blocked() {
        return Optional.ofNullable(refusedDeadLetters);
    }

    /** Why this relay publishes no more although nobody closed it; empty while it does. Only a new process helps. */
    public Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /**
     * What is decided and not published yet.
     *
     * @param rows events and dead letters
     * @param oldest how long the first of them has waited; zero when there is none
     */
    public record Unpublished(long rows, Duration oldest) {}

    /** What the whole service has not published yet, a few seconds ago; empty when that is unknown. */
    public Optional<Unpublished> unpublished() {
        OutboxSize measured = size;
        return measured.isKnown()
                ? Optional.of(new Unpublished(
                        measured.rows(), Duration.ofMillis(Math.round(measured.oldestSeconds() * 1_000))))
                : Optional.empty();
    }

    /** What waits in the outbox, a few seconds ago. */
    OutboxSize size() {
        return size;
    }

    /** Publishes what is left, if Kafka and the database let it, and stops. */
    @Override
    public void close() {
        closing.countDown();
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Producer<String, byte[]> producer = connect()) {
            while (producer != null && !isClosing()) {
                publishAll(producer);
                awaitWork();
            }
            if (producer != null && problem == null) {
                publishAll(producer);
            }
            problem = "closed";
        } catch (InterruptedException e) {
            problem = "closed";
        } catch (RuntimeException | Error e) {
            String why = "stopped: " + e;
            problem = why;
            stopped = why;
            LOG.error("the outbox relay stops", e);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Null when closed before it came to that. */
    private @Nullable Producer<String, byte[]> connect() throws InterruptedException {
        while (!isClosing()) {
            try {
                return new KafkaProducer<>(kafkaConfig(), new StringSerializer(), new ByteArraySerializer());
            } catch (KafkaException e) {
                // The broker's name does not resolve, for instance.
                report(e);
                pauseAfterFailure();
            }
        }
        return null;
    }

    private Map<String, Object> kafkaConfig() {
        return kafka.with(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // All of these together stay below the time that a transaction may idle.
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                15_000));
    }

    private void publishAll(Producer<String, byte[]> producer) throws InterruptedException {
        try {
            publishAll(producer, true);
            problem = null;
            measureWhenDue(producer);
        } catch (SQLException | ExecutionException | RuntimeException e) {
            size = OutboxSize.UNKNOWN;
            report(e);
            pauseAfterFailure();
        }
    }

    private void publishAll(Producer<String, byte[]> producer, boolean events)
            throws SQLException, ExecutionException, InterruptedException {
        int published;
        do {
            published = publishSome(producer, events);
            publishedAt = published > 0 ? System.nanoTime() : publishedAt;
        } while (published == MOST_AT_ONCE);
    }

    private void measureWhenDue(Producer<String, byte[]> producer) throws SQLException, InterruptedException {
        long now = System.nanoTime();
        if (now - nextMeasure < 0 && !isClosing()) {
            return;
        }
        nextMeasure = now + MEASURE_EVERY.toNanos();
        OutboxSize measured = OutboxSize.of(database);
        size = measured;
        if (measured.deadLetters() == 0) {
            refusedDeadLetters = null;
        } else if (now - nextDeadLetters >= 0) {
            publishDeadLetters(producer);
        }
    }

    /** Apart from the events, which must go on where the topic of dead letters is missing, or refuses one. */
    private void publishDeadLetters(Producer<String, byte[]> producer) throws SQLException, InterruptedException {
        try {
            publishAll(producer, false);
            refusedDeadLetters = null;
        } catch (ExecutionException | RuntimeException e) {
            nextDeadLetters = System.nanoTime() + PAUSE_OF_DEAD_LETTERS.toNanos();
            refusedDeadLetters = "dead letters are not published: " + e;
            LOG.error("dead letters cannot be published, trying again later", e);
        }
    }

    private void report(Exception failure) {
        String text = failure.toString();
        if (text.equals(problem)) {
            LOG.debug("the outbox still cannot be published", failure);
        } else {
            LOG.error("the outbox cannot be published, trying again", failure);
        }
        problem = text;
    }

    private void pauseAfterFailure() throws InterruptedException {
        if (closing.await(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.debug("closing");
        }
    }

    private void awaitWork() throws InterruptedException {
        if (work.tryAcquire(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
            long rest = publishedAt + gather.toNanos() - System.nanoTime();
            if (rest > 0 && closing.await(rest, TimeUnit.NANOSECONDS)) {
                LOG.debug("closing");
            }
            work.drainPermits();
        }
    }

    private int publishSome(Producer<String, byte[]> producer, boolean events)
            throws SQLException, ExecutionException, InterruptedException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                int published = holdsLock(transaction) ? publish(transaction, producer, events) : 0;
                transaction.commit();
                return published;
            } catch (SQLException | ExecutionException | InterruptedException | RuntimeException | Error e) {
                // Said outright: what a pool does with an open transaction on close is its own affair.
                rollBack(transaction, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection transaction, Throwable cause) {
        try {
            transaction.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static boolean holdsLock(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute(BOUND_WAITING);
            try (ResultSet row = statement.executeQuery(TRY_LOCK)) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static int publish(Connection transaction, Producer<String, byte[]> producer, boolean events)
            throws SQLException, ExecutionException, InterruptedException {
        List<Sent> sent = new ArrayList<>();
        try (PreparedStatement read = transaction.prepareStatement(READ)) {
            read.setBoolean(1, events);
            read.setInt(2, MOST_AT_ONCE);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    Future<?> acknowledgement = producer.send(events ? event(rows) : deadLetter(rows));
                    Sent row = new Sent(rows.getLong("seq"), acknowledgement);
                    sent.add(row);
                    if (acknowledgement.isDone()) {
                        // Refused before it was sent: without a broker each of the others would wait as long again.
                        row.refusedAsTooLarge();
                    }
                }
            }
        }
        if (sent.isEmpty()) {
            return 0;
        }
        producer.flush();
        for (Sent row : sent) {
            Optional<RecordTooLargeException> refused = row.refusedAsTooLarge();
            if (refused.isPresent()) {
                setAside(transaction, row.seq(), refused.get());
            }
        }
        try (PreparedStatement delete = transaction.prepareStatement(DELETE)) {
            delete.setArray(
                    1,
                    transaction.createArrayOf(
                            "bigint", sent.stream().map(Sent::seq).toArray()));
            delete.executeUpdate();
        }
        return sent.size();
    }

    /** A row that was handed to Kafka. */
    private record Sent(long seq, Future<?> acknowledgement) {
        /**
         * Whether the record can never be published; empty when it was.
         *
         * @throws ExecutionException if it was not, for another reason
         */
        Optional<RecordTooLargeException> refusedAsTooLarge() throws ExecutionException, InterruptedException {
            try {
                acknowledgement.get();
                return Optional.empty();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException tooLarge) {
                    return Optional.of(tooLarge);
                }
                throw e;
            }
        }
    }

    /** However often it is tried, it would keep back all that comes after it. A dead letter is in the table already. */
    private static void setAside(Connection transaction, long seq, RecordTooLargeException refused)
            throws SQLException {
        LOG.error("row {} of the outbox cannot be published and is set aside", seq, refused);
        try (PreparedStatement keep = transaction.prepareStatement(SET_ASIDE)) {
            keep.setString(1, DeadLetters.Kind.UNPUBLISHABLE.wireName());
            keep.setString(2, String.valueOf(refused.getMessage()));
            keep.setLong(3, seq);
            keep.executeUpdate();
        }
    }

    private static ProducerRecord<String, byte[]> deadLetter(ResultSet row) throws SQLException {
        byte[][] names = (byte[][]) row.getArray("header_names").getArray();
        byte[][] values = (byte[][]) row.getArray("header_values").getArray();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            headers.add(new RecordHeader(new String(names[i], StandardCharsets.UTF_8), values[i]));
        }
        byte[] key = row.getBytes("key");
        return new ProducerRecord<>(
                row.getString("topic"),
                null,
                row.getObject("time", OffsetDateTime.class).toInstant().toEpochMilli(),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                row.getBytes("value"),
                headers);
    }

    private static ProducerRecord<String, byte[]> event(ResultSet row) throws SQLException {
        return EventCodec.toRecord(
                row.getString("id"),
                row.getString("type"),
                row.getString("topic"),
                null,
                row.getString("source"),
                row.getString("account"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("causation_id"),
                row.getString("trace_parent"),
                row.getBytes("value"));
    }
}
