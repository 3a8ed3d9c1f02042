package dev.stagecoach.lifecycle.adapter;

import static java.time.ZoneOffset.UTC;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import dev.stagecoach.lifecycle.LifecycleConfig;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes time pass: the only place in which the wall clock is read to decide. However many replicas there are, the one that holds
 * the advisory lock ticks; the lock goes with its database session, so another takes over when it dies. PostgreSQL also ends the
 * session of one that keeps silent, because it is frozen. Two tickers for a moment, after a pause, do no harm: time that has
 * passed already is passed over.
 */
@ApplicationScoped
class WallClockTicker {
    private static final Logger LOG = LoggerFactory.getLogger(WallClockTicker.class);
    /** "tick" in ASCII: any number will do that nothing else in the database locks. */
    private static final long LOCK = 0x7469636bL;

    /** A holder that has not ticked for so long, and for three ticks, is frozen or gone. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final LifecycleConfig config;
    private final AgroalDataSource database;
    private final KafkaConnection kafka;
    private @Nullable Connection lock;
    private @Nullable Producer<String, byte[]> producer;

    WallClockTicker(
            LifecycleConfig config,
            AgroalDataSource database,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.database = database;
        this.kafka = new KafkaConnection(kafka);
    }

    @Scheduled(every = "${stagecoach.lifecycle.ticker.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        if (!config.lifecycle().ticker().enabled()) {
            return;
        }
        try {
            Connection held = holdLock();
            if (held == null) {
                return;
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Instant last = lastTick(held);
            if (now.isAfter(last)) {
                publish(now);
            } else {
                LOG.warn("the clock shows {}, before the last tick of {}: no tick", now, last);
            }
        } catch (SQLException e) {
            LOG.error("no tick: the database does not answer", e);
            releaseLock();
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        releaseLock();
        if (producer != null) {
            producer.close();
        }
    }

    private synchronized @Nullable Connection holdLock() throws SQLException {
        Connection held = lock;
        if (held != null && held.isValid(1)) {
            return held;
        }
        releaseLock();
        Connection candidate = database.getConnection();
        try (Statement statement = candidate.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            if (row.next() && row.getBoolean(1)) {
                LOG.info("this replica makes time pass");
                boundSilence(statement);
                lock = candidate;
                return candidate;
            }
        }
        candidate.close();
        return null;
    }

    private void boundSilence(Statement statement) throws SQLException {
        Duration threeTicks = config.lifecycle().ticker().every().multipliedBy(3);
        Duration silence = threeTicks.compareTo(LONGEST_SILENCE) > 0 ? threeTicks : LONGEST_SILENCE;
        statement.execute("set idle_session_timeout = " + silence.toMillis());
    }

    /** Whether this one holds the lock, as far as it knows. */
    synchronized boolean leads() {
        return lock != null;
    }

    private synchronized void releaseLock() {
        Connection held = lock;
        lock = null;
        if (held == null) {
            return;
        }
        // The session goes back to the pool, where it would keep the lock.
        try (held;
                Statement statement = held.createStatement()) {
            statement.execute("reset idle_session_timeout");
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            LOG.debug("the lock went with its session", e);
        }
    }

    private static Instant lastTick(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(at) from partition_clock")) {
            row.next();
            OffsetDateTime last = row.getObject(1, OffsetDateTime.class);
            return last == null ? OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, UTC).toInstant() : last.toInstant();
        }
    }

    private void publish(Instant at) {
        Producer<String, byte[]> ticks = producer();
        for (PartitionInfo partition : ticks.partitionsFor(Topics.TIME_TICKS)) {
            String id = DecisionId.of("tick", partition.partition(), at);
            Event<TimeTick> tick = new Event<>(
                    id,
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    "/lifecycle-service/ticker",
                    null,
                    at,
                    null,
                    new TimeTick(at));
            // A tick that is lost is made up for by the next one.
            Future<RecordMetadata> unused =
                    ticks.send(EventCodec.toRecord(tick, partition.partition()), (sent, error) -> {
                        if (error != null) {
                            LOG.error("the tick of {} was not published", at, error);
                        }
                    });
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        Producer<String, byte[]> started = producer;
        if (started == null) {
            started = new KafkaProducer<>(
                    kafka.with(Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            5_000)),
                    new StringSerializer(),
                    new ByteArraySerializer());
            producer = started;
        }
        return started;
    }
}
