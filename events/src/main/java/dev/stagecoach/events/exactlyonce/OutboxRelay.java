package dev.stagecoach.events.exactlyonce;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.stagecoach.events.EventCodec;

/**
 * Publishes the outbox in its order and deletes what Kafka has acknowledged. A crash between the two publishes again, with the
 * same ids. One relay works at a time however many replicas there are: an advisory lock keeps the order.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int MOST_AT_ONCE = 1000;
    private static final long IDLE_MILLIS = 100;
    /** "outbox" in ASCII: any number will do that nothing else in the database locks. */
    private static final long LOCK = 0x6f7574626f78L;

    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(" + LOCK + ")";
    private static final String READ =
            "select seq, id, type, topic, source, account, time, causation_id, value from outbox order by seq limit "
                    + MOST_AT_ONCE;
    private static final String DELETE = "delete from outbox where seq = any (?)";

    private final String bootstrapServers;
    private final DataSource database;
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "outbox-relay");
    private volatile @Nullable String problem;

    public OutboxRelay(String bootstrapServers, DataSource database) {
        this.bootstrapServers = bootstrapServers;
        this.database = database;
    }

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

    /** Publishes what is left, if Kafka and the database let it, and stops. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Producer<String, byte[]> producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                15_000,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class.getName(),
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class.getName()))) {
            boolean more = true;
            while (more || !closing.get()) {
                more = publishSome(producer) == MOST_AT_ONCE;
                if (!more && !closing.get()) {
                    awaitWork();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWork() throws InterruptedException {
        if (work.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private int publishSome(Producer<String, byte[]> producer) throws InterruptedException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                int published = holdsLock(transaction) ? publish(transaction, producer) : 0;
                transaction.commit();
                problem = null;
                return published;
            } catch (SQLException | ExecutionException | RuntimeException e) {
                transaction.rollback();
                throw e;
            }
        } catch (SQLException | ExecutionException | RuntimeException e) {
            problem = e.toString();
            LOG.error("the outbox could not be published and is tried again", e);
            return 0;
        }
    }

    private static boolean holdsLock(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet row = statement.executeQuery(TRY_LOCK)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static int publish(Connection transaction, Producer<String, byte[]> producer)
            throws SQLException, ExecutionException, InterruptedException {
        List<Long> published = new ArrayList<>();
        List<Future<?>> acknowledgements = new ArrayList<>();
        try (Statement statement = transaction.createStatement();
                ResultSet rows = statement.executeQuery(READ)) {
            while (rows.next()) {
                published.add(rows.getLong("seq"));
                acknowledgements.add(producer.send(record(rows)));
            }
        }
        if (published.isEmpty()) {
            return 0;
        }
        producer.flush();
        for (Future<?> acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
        try (PreparedStatement delete = transaction.prepareStatement(DELETE)) {
            delete.setArray(1, transaction.createArrayOf("bigint", published.toArray()));
            delete.executeUpdate();
        }
        return published.size();
    }

    private static ProducerRecord<String, byte[]> record(ResultSet row) throws SQLException {
        return EventCodec.toRecord(
                row.getString("id"),
                row.getString("type"),
                row.getString("topic"),
                null,
                row.getString("source"),
                row.getString("account"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("causation_id"),
                row.getBytes("value"));
    }
}
