package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.process.TopicReader;
import dev.stagecoach.local.process.TopicSetup;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What usage-ingest rejects is fed back after a fix, and is as if it had been taken when it came first. */
class QuarantineIT {

    private static final Map<String, String> KEY_OF_HARBOR =
            Map.of("stagecoach.ingest.write-keys.key-of-harbor", "harbor");

    /** More than the 32 KB that an event may have. */
    private static final String TOO_MUCH = "x".repeat(40_000);

    private final IngestAlone ingestAlone = new IngestAlone();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path directory;

    @Test
    void whatWasRejectedCountsAfterAFixAsIfItHadBeenTakenAtOnce() throws Exception {
        Service.requireBuilt(LocalStack.HOME, Service.INGEST);
        try (var state = StateDirectory.open(directory);
                var platform = Platform.start(PlatformOptions.forTests(Part.KAFKA))) {
            // Given
            TopicSetup.createMissing(platform.bootstrapServers());
            var ingest = ingestAlone.start(state, platform, KEY_OF_HARBOR);
            var sentAt = Instant.now().minus(Duration.ofHours(2));
            send("/v1/batch", "key-of-harbor", """
                    {"sentAt":"%s","batch":[
                      {"type":"track","messageId":"late","userId":"ada","event":"search","timestamp":"%s","properties":{"x":"%s"}},
                      {"type":"track","messageId":"nobody","event":"search"}]}""".formatted(sentAt, sentAt.minusSeconds(60), TOO_MUCH));
            send(
                    "/v1/page",
                    "key-of-harbor",
                    "{\"userId\":\"ada\",\"name\":\"Notebook\",\"properties\":{\"x\":\"" + TOO_MUCH + "\"}}");
            send("/updates", "local", "{\"site\":\"harbor-1\",\"version\":\"5.9.1\",\"u\":41}");

            // When, Then
            assertThat(open(platform)).isEqualTo(4);
            var tooEarly = stagecoach(platform, "replay");
            assertThat(tooEarly.code()).isEqualTo(1);
            assertThat(tooEarly.output()).contains("Taken: 0 of 4.");
            assertThat(open(platform)).isEqualTo(4);

            // Given
            ingest.kill();
            list(platform, "harbor", "harbor-1");
            ingest = ingestAlone.start(
                    state,
                    platform,
                    Map.of(
                            "stagecoach.ingest.write-keys.key-of-harbor", "harbor",
                            "stagecoach.ingest.limits.event", "64K"));
            assertThat(stagecoach(platform, "replay", "--dry-run").output()).contains("userId: missing");
            assertThat(open(platform)).isEqualTo(4);

            // When
            var replay = stagecoach(platform, "replay");
            var again = stagecoach(platform, "replay");

            // Then
            assertThat(replay.code()).isEqualTo(1);
            assertThat(replay.output()).contains("Taken: 3 of 4.", "Rejected again", "userId: missing");
            assertThat(again.output()).contains("Taken: 0 of 1.");
            assertThat(open(platform)).isEqualTo(1);
            assertThat(stagecoach(platform, "list", "--reason", "userid").output())
                    .contains("personal data", "\"messageId\":\"nobody\"", "account harbor", "rejected 4 times");

            var events = data(platform, Topics.USAGE_EVENTS, UsageEvent.class);
            assertThat(events)
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.account()).isEqualTo("harbor"));
            var late = events.stream()
                    .filter(event -> event.id().equals("late"))
                    .findAny()
                    .orElseThrow();
            // The sender's clock was wrong by what lay between sending and the first receipt.
            assertThat(late.at()).isEqualTo(firstReceipt(platform, "\"late\"").minusSeconds(60));
            assertThat(late.receivedAt()).isAfter(firstReceipt(platform, "\"late\""));
            var page = events.stream()
                    .filter(event -> event.name().equals("Notebook"))
                    .findAny()
                    .orElseThrow();
            assertThat(page.at()).isEqualTo(firstReceipt(platform, "Notebook"));
            assertThat(data(platform, Topics.USAGE_PINGS, UsagePing.class))
                    .singleElement()
                    .satisfies(ping -> {
                        assertThat(ping.account()).isEqualTo("harbor");
                        assertThat(ping.at()).isEqualTo(firstReceipt(platform, "harbor-1"));
                    });
            ingest.stopping().run();
        }
    }

    private void send(String path, String key, String body) throws IOException, InterruptedException {
        var authorization = "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(ingestAlone.address() + path))
                        .header("Authorization", authorization)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 422);
    }

    private record Run(int code, String output) {}

    private Run stagecoach(Platform platform, String command, String... options) {
        var output = new ByteArrayOutputStream();
        var errors = new StringWriter();
        var arguments = new ArrayList<>(List.of("quarantine", command, "--kafka", platform.bootstrapServers()));
        arguments.addAll(List.of("--ingest", ingestAlone.address()));
        arguments.addAll(List.of(options));
        int code = Main.commandLine(
                        directory,
                        directory,
                        new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(errors.toString()).isEmpty();
        return new Run(code, output.toString(StandardCharsets.UTF_8));
    }

    private int open(Platform platform) throws IOException {
        JsonNode listed = new ObjectMapper()
                .readTree(stagecoach(platform, "list", "--json").output());
        int open = listed.path("open").intValue();
        int inGroups = 0;
        for (JsonNode group : listed.path("groups")) {
            inGroups += group.path("pieces").intValue();
        }
        assertThat(inGroups).isEqualTo(open);
        return open;
    }

    private static void list(Platform platform, String account, String instance) throws Exception {
        var facts = new AccountFacts(
                account,
                "Harbor",
                Segment.DIGITAL,
                List.of(),
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                ZoneOffset.UTC,
                Owners.NONE,
                List.of(new Instance(instance, true)),
                null);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(EventCodec.toRecord(
                            Event.of(account, EventType.ACCOUNT_FACTS, "/test", account, Instant.EPOCH, null, facts)))
                    .get();
        }
    }

    /** When the piece with this text came first, as the first record of its rejection says. */
    private static Instant firstReceipt(Platform platform, String text) {
        return records(platform, Topics.USAGE_QUARANTINE).stream()
                .filter(told -> new String(told.value(), StandardCharsets.UTF_8).contains(text))
                .map(ConsumerRecord::timestamp)
                .min(Long::compare)
                .map(Instant::ofEpochMilli)
                .orElseThrow();
    }

    private static <T extends EventData> List<T> data(Platform platform, String topic, Class<T> type) {
        return records(platform, topic).stream()
                .filter(told -> EventHeaders.TYPE.is(
                        told.headers(),
                        type == UsageEvent.class ? EventType.USAGE_EVENT.wireName() : EventType.USAGE_PING.wireName()))
                .map(told -> {
                    try {
                        return type.cast(EventCodec.read(told).orElseThrow().data());
                    } catch (UnreadableEventException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static List<ConsumerRecord<String, byte[]>> records(Platform platform, String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            TopicReader.readAll(consumer, partitions, records::add);
            return records;
        }
    }
}
