package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.platform.Part;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka and PostgreSQL go away and come back: a member waits, says so, and goes on with nothing lost and nothing doubled. For some
 * seconds; {@code -Doutage.seconds=60} makes the outages as long.
 */
class OutageTest {
    private static final Logger LOG = LoggerFactory.getLogger(OutageTest.class);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 3));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Random random = new Random(new Random().nextLong());

    @TempDir
    private Path directory;

    private Server kafka;
    private Server postgres;
    private Workplace workplace;
    private DeliveryGuarantee guarantee;
    private Member member;

    @BeforeEach
    void startServers() throws IOException {
        kafka = opens(new Server(Part.KAFKA, directory.resolve("kafka")));
        postgres = opens(new Server(Part.POSTGRES, directory.resolve("postgres")));
        workplace = opens(Workplace.on(kafka.running(), postgres.running()));
        guarantee = new DeliveryGuarantee(workplace);
        member = opens(new Member(workplace.settings(50), workplace.database(), new Ledger(workplace.decisions)));
        member.metrics().bindTo(meters);
        member.start();
        guarantee.produce(random, 200);
        awaiting().until(() -> workplace.count("applied") > 0);
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void postgresqlIsAwayForAWhile() {
        // When
        postgres.stop();
        guarantee.produce(random, 300);
        // Then
        awaiting()
                .untilAsserted(
                        () -> assertThat(member.consumer.problem().orElse("")).containsAnyOf("refused", "57P0"));
        awaiting()
                .until(() ->
                        gauge("stagecoach.consumer.problem") == 1 && Double.isNaN(gauge("stagecoach.outbox.rows")));
        staysSo();
        assertThat(gauge("stagecoach.consumer.progress.age")).isGreaterThan(OUTAGE.toSeconds() - 1.0);
        // And when
        long back = System.nanoTime();
        postgres.startAgain();
        // Then
        guarantee.assertHeld(PATIENCE);
        assertAllIsWell(back);
    }

    @Test
    void theBrokerIsAwayForAWhile() throws SQLException {
        // Given
        guarantee.assertHeld(PATIENCE);
        // When
        kafka.stop();
        Event<?> decided = Records.usage(workplace.decisions, "decided-meanwhile", 1);
        add(decided);
        // Then
        awaiting().until(() -> gauge("stagecoach.consumer.problem") == 1);
        awaiting().during(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> workplace.count("outbox") == 1);
        // And when
        long back = System.nanoTime();
        kafka.startAgain();
        guarantee.produce(random, 300);
        // Then
        awaiting().until(() -> workplace.count("outbox") == 0);
        assertThat(workplace.published().stream().filter(one -> "decided-meanwhile".equals(one.key())))
                .as("what was decided while the broker was away")
                .isNotEmpty();
        awaiting().until(() -> workplace.count("applied") == guarantee.produced());
        assertAllIsWell(back);
    }

    private void add(Event<?> event) throws SQLException {
        try (Connection connection = workplace.database().getConnection()) {
            Outbox.add(connection, event);
        }
    }

    /** The database reports what it reports when its disk is full: a small disk to fill is not to be had everywhere. */
    @Test
    void theDatabaseHasNoSpaceForAWhile() {
        // Given
        workplace.execute("""
                create function no_space() returns trigger language plpgsql as
                $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
                create trigger no_space before insert on applied execute function no_space();
                """);
        // When
        guarantee.produce(random, 300);
        // Then
        awaiting()
                .untilAsserted(
                        () -> assertThat(member.consumer.problem().orElse("")).contains("No space left"));
        awaiting().until(() -> gauge("stagecoach.consumer.problem") == 1 && lag() > 0);
        staysSo();
        // And when
        long back = System.nanoTime();
        workplace.execute("drop trigger no_space on applied");
        // Then
        guarantee.assertHeld(PATIENCE);
        assertAllIsWell(back);
    }

    private void staysSo() {
        awaiting()
                .during(OUTAGE)
                .atMost(OUTAGE.plus(PATIENCE))
                .until(() -> member.consumer.problem().isPresent());
    }

    private void assertAllIsWell(long back) {
        LOG.info(
                "{} s after the end of an outage of {} s all {} records were applied and published",
                Duration.ofNanos(System.nanoTime() - back).toSeconds(),
                OUTAGE.toSeconds(),
                guarantee.produced());
        awaiting().until(() -> member.consumer.problem().isEmpty());
        awaiting().until(() -> gauge("stagecoach.consumer.problem") == 0 && lag() == 0);
        assertThat(workplace.count("dead_letter")).isZero();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private double lag() {
        return meters.get("stagecoach.consumer.lag").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private <T extends AutoCloseable> T opens(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }
}
