package dev.stagecoach.lifecycle.adapter;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.lifecycle.LifecycleConfig;
import dev.stagecoach.lifecycle.Topic;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Time as it passes in production, only faster. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
@TestProfile(WallClockTickerTest.Ticking.class)
class WallClockTickerTest {
    public static final class Ticking implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stagecoach.lifecycle.ticker.enabled", "true", "stagecoach.lifecycle.ticker.every", "0.2s");
        }
    }

    @InjectPlatform
    Platform platform;

    @Inject
    AgroalDataSource database;

    @Inject
    LifecycleConfig config;

    @Test
    void ticksForwardOnEveryPartition() {
        // Given
        Instant before = Instant.now();

        // When
        await().until(() -> ticks().values().stream().mapToInt(List::size).min().orElse(0) >= 5);

        // Then
        Map<Integer, List<Instant>> ticks = ticks();
        assertThat(ticks).containsOnlyKeys(0, 1, 2);
        assertThat(ticks.values())
                .allSatisfy(each -> assertThat(each)
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .allMatch(at -> at.isAfter(before.minusSeconds(120)) && at.isBefore(before.plusSeconds(120))));
        assertThat(records())
                .extracting(one -> Topic.header(one, EventHeaders.ID))
                .doesNotHaveDuplicates();
        assertThat(records()).allMatch(one -> one.timestamp() == at(one).toEpochMilli());
    }

    @Test
    void decisionsTakeTheTimeFromTheTicks() {
        // When
        await().until(() -> clocks() == 3);

        // Then
        assertThat(records()).isNotEmpty();
    }

    @Test
    void aSecondReplicaDoesNotTick() {
        // Given
        await().until(() -> !records().isEmpty());
        WallClockTicker second = new WallClockTicker(config, database, Map.of("bootstrap.servers", "127.0.0.1:1"));

        // When it tries, with a broker that is not there, then it does not get as far as the broker
        assertThatCode(second::tick).doesNotThrowAnyException();
        assertThat(second.leads()).isFalse();
    }

    @Test
    void anotherTicksWhenTheOneThatDidIsKilled() throws SQLException {
        // Given
        await().until(() -> !records().isEmpty());

        // When
        killTheHolder();
        int before = records().size();

        // Then
        await().atMost(Duration.ofSeconds(15)).until(() -> records().size() > before);
    }

    /** One that is never asked to tick again is as one whose process is frozen: its session lives on, and holds the lock. */
    @Test
    void anotherTicksWhenTheOneThatDidIsFrozen() {
        // Given
        WallClockTicker frozen =
                new WallClockTicker(config, database, Map.of("bootstrap.servers", platform.bootstrapServers()));
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            killTheHolder();
            frozen.tick();
            return frozen.leads();
        });

        // When
        int before = records().size();

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> records().size() > before);
    }

    /** As the end of its process does. */
    private void killTheHolder() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, 1000) from pg_locks where locktype = 'advisory'"
                    + " and objid = x'7469636b'::int::oid and pid <> pg_backend_pid()");
        }
    }

    private Map<Integer, List<Instant>> ticks() {
        return records().stream()
                .collect(groupingBy(ConsumerRecord::partition, mapping(WallClockTickerTest::at, toList())));
    }

    private List<ConsumerRecord<String, byte[]>> records() {
        return new Topic(platform.bootstrapServers(), Topics.TIME_TICKS).records();
    }

    private static Instant at(ConsumerRecord<String, byte[]> consumed) {
        return ((TimeTick) Topic.event(consumed).data()).at();
    }

    private int clocks() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from partition_clock")) {
            row.next();
            return row.getInt(1);
        }
    }
}
