package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.process.TopicSetup;
import dev.stagecoach.platform.Freezer;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** usage-ingest that is told to stop answers what is under way first. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGSTOP")
class IngestStopsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IngestAlone ingestAlone = new IngestAlone();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path directory;

    @Test
    void aRequestUnderWayIsStoredAndAnsweredBeforeItStops() throws Exception {
        Service.requireBuilt(LocalStack.HOME, Service.INGEST);
        try (var state = StateDirectory.open(directory);
                var platform = Platform.start(PlatformOptions.forTests(Part.KAFKA))) {
            // Given
            TopicSetup.createMissing(platform.bootstrapServers());
            // Both longer than this machine takes, however busy it is.
            var ingest = ingestAlone.start(
                    state,
                    platform,
                    Map.of("stagecoach.ingest.confirm-within", "PT60S", "quarkus.shutdown.timeout", "60S"));
            assertThat(http.send(event("first"), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            var broker = platform.process(Part.KAFKA).orElseThrow();

            // When
            Freezer.freeze(List.of(broker));
            HttpResponse<String> answer;
            try {
                var underWay = http.sendAsync(event("second"), BodyHandlers.ofString());
                awaitRequestsUnderWay();
                ingest.process().destroy();
                await().atMost(PATIENCE)
                        .until(() -> Files.readString(ingestAlone.log(state))
                                .contains("Waiting for HTTP requests to complete"));
                assertThat(underWay).isNotDone();
                Freezer.thaw(List.of(broker));
                answer = underWay.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } finally {
                Freezer.thaw(List.of(broker));
            }

            // Then
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(ingest.process().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(recordsOn(platform, Topics.USAGE_EVENTS)).isEqualTo(2);
        }
    }

    private HttpRequest event(String id) {
        return HttpRequest.newBuilder(URI.create(ingestAlone.address() + "/v1/track"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("local:".getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(
                        "{\"messageId\":\"%s\",\"userId\":\"ada\",\"event\":\"search\",\"groupId\":\"harbor\"}"
                                .formatted(id)))
                .build();
    }

    private void awaitRequestsUnderWay() {
        await().atMost(PATIENCE)
                .until(() -> get("/q/metrics")
                        .body()
                        .lines()
                        .anyMatch(line -> line.startsWith("stagecoach_ingest_body_bytes ") && !line.endsWith(" 0.0")));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(ingestAlone.address() + path)).build(), BodyHandlers.ofString());
    }

    private static long recordsOn(Platform platform, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
