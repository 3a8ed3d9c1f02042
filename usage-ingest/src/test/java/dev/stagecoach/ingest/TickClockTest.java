package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.ingest.Caller.Reply;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The running service in simulated time. */
@QuarkusTest
@TestProfile(TickClockTest.SimulatedTime.class)
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class TickClockTest {
    public static final class SimulatedTime implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stagecoach.ingest.clock", "ticks");
        }
    }

    private static final String EVENT =
            "{\"userId\":\"u\",\"event\":\"search\",\"timestamp\":\"2025-01-02T09:00:00Z\",\"sentAt\":\"2025-01-02T17:00:00Z\"}";

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    @Test
    void receivesAtTheTimeOfTheNewestTick() {
        // Given
        Caller caller = new Caller(address.getPort());
        await().until(() -> caller.get("/q/health/ready").status() == 200);
        Reply beforeTheFirstTick = caller.post("/v1/track", "key-of-harbor", EVENT);
        tick(2, Instant.parse("2025-01-02T17:00:00Z"));
        tick(0, Instant.parse("2025-01-01T17:00:00Z"));
        await().until(() -> caller.get("/q/health/ready").text().contains("2025-01-02T17:00:00Z"));
        // When
        Reply reply = caller.post("/v1/track", "key-of-harbor", EVENT);
        // Then
        assertThat(beforeTheFirstTick.status()).isEqualTo(503);
        assertThat(beforeTheFirstTick.header("Retry-After")).isEqualTo("5");
        assertThat(reply.status()).isEqualTo(200);
        UsageEvent event = new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS)
                .ofAccount("harbor", UsageEvent.class)
                .get(0);
        assertThat(event.receivedAt()).isEqualTo(Instant.parse("2025-01-02T17:00:00Z"));
        assertThat(event.at()).isEqualTo(Instant.parse("2025-01-02T09:00:00Z"));
    }

    private void tick(int partition, Instant at) {
        var event = new Event<>(
                "tick-" + at, EventType.TIME_TICK, Topics.TIME_TICKS, "/test", null, at, null, new TimeTick(at));
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(EventCodec.toRecord(event, partition)).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
