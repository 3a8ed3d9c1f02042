package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.ingest.Caller.Reply;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.MetricsTable;
import dev.stagecoach.testing.RecordedTraces;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The running service on the real Kafka. Write keys: see application.yaml of the tests. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class UsageIngestTest {
    private static final String EVERY_ACCOUNT = "local";

    @Inject
    RecordedTraces recordedTraces;

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private Caller caller;
    private Topic events;
    private Topic pings;
    private Topic quarantine;

    @BeforeEach
    void waitUntilReady() {
        caller = new Caller(address.getPort());
        events = new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS);
        pings = new Topic(platform.bootstrapServers(), Topics.USAGE_PINGS);
        quarantine = new Topic(platform.bootstrapServers(), Topics.USAGE_QUARANTINE);
        await().until(() -> caller.get("/q/health/ready").status() == 200);
    }

    @Test
    void recordsAnEventUnderAPseudonym() {
        // When
        Reply reply = caller.post("/v1/track", "key-of-harbor", """
                {"messageId":"m-1","userId":"ada@harbor.example","event":"Search Run","timestamp":"2025-03-12T10:00:00Z",
                 "properties":{"feature":"code-search","action":"run","query":"secret"},"context":{"ip":"203.0.113.9"}}""");
        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("success").booleanValue()).isTrue();
        assertThat(reply.json().path("recorded").intValue()).isEqualTo(1);
        assertThat(reply.json().path("rejected")).isEmpty();
        ConsumerRecord<String, byte[]> recorded = events.records(one ->
                        "harbor".equals(one.key()) && Topic.header(one, "ce_id").equals("m-1"))
                .get(0);
        UsageEvent event = (UsageEvent) Topic.data(recorded);
        assertThat(event.user()).matches("[A-Za-z0-9_-]{22}");
        assertThat(event.feature()).isEqualTo("code-search");
        assertThat(event.action()).isEqualTo("run");
        assertThat(event.name()).isEqualTo("Search Run");
        assertThat(event.at()).isEqualTo(Instant.parse("2025-03-12T10:00:00Z"));
        assertThat(event.properties()).isNotNull().hasSize(2);
        assertThat(recorded.timestamp()).isEqualTo(event.receivedAt().toEpochMilli());
        assertThat(Topic.header(recorded, "ce_type")).isEqualTo("stagecoach.usage.event.v1");
        assertThat(Topic.header(recorded, "ce_subject")).isEqualTo("harbor");
        assertThat(Topic.header(recorded, "ce_source")).isEqualTo("/usage-ingest/v1/track");
        assertThat(Topic.text(recorded))
                .doesNotContain("ada@")
                .doesNotContain("secret")
                .doesNotContain("203.0.113");
    }

    @Test
    void keepsTheGoodPartOfABatchAndQuarantinesTheBad() {
        // Given
        String account = anAccount();
        String bad = "{\"type\":\"track\",\"messageId\":\"bad\", \"event\":\"no user\"}";
        // When
        Reply reply = caller.post("/v1/batch", EVERY_ACCOUNT, """
                {"batch":[
                  {"type":"track","messageId":"one","userId":"u","event":"search"},
                  %s,
                  {"type":"identify","userId":"u","traits":{"email":"ada@harbor.example"}},
                  {"type":"track","userId":"u","event":"search","timestamp":"soon"},
                  {"type":"dance","userId":"u","event":"x"},
                  7,
                  {"type":"page","userId":"u","name":"Notebook"},
                  {"type":"track","messageId":"two","anonymousId":"a","event":"cody"}
                ],"context":{"groupId":"%s"},"sentAt":"2025-03-12T10:00:01Z"}""".formatted(bad, account));
        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("received").intValue()).isEqualTo(8);
        assertThat(reply.json().path("recorded").intValue()).isEqualTo(3);
        assertThat(reply.json().path("ignored").intValue()).isEqualTo(1);
        assertThat(reply.json().path("rejected").findValuesAsText("index")).containsExactly("1", "3", "4", "5");
        assertThat(reply.json().path("rejected").path(0).path("messageId").textValue())
                .isEqualTo("bad");
        assertThat(reply.json().path("rejected").findValuesAsText("reason"))
                .containsExactly(
                        "userId: missing (expected: userId or anonymousId)",
                        "timestamp: \"soon\" (expected: an ISO 8601 time such as 2026-02-03T10:15:30Z)",
                        "type: \"dance\" (expected: track, page, screen, identify, group or alias)",
                        "event: a number (expected: a JSON object)");
        assertThat(events.ofAccount(account, UsageEvent.class))
                .extracting(UsageEvent::feature)
                .containsExactly("search", "Notebook", "cody");
        ConsumerRecord<String, byte[]> quarantined =
                quarantine.records(one -> Topic.text(one).equals(bad)).get(0);
        assertThat(Topic.header(quarantined, "reason")).isEqualTo("userId: missing (expected: userId or anonymousId)");
        assertThat(Topic.header(quarantined, "source")).isEqualTo("/v1/batch");
        assertThat(Topic.header(quarantined, "ce_type")).isEqualTo(EventType.USAGE_REJECTED);
        assertThat(Topic.header(quarantined, "sentat")).isEqualTo("2025-03-12T10:00:01Z");
        assertThat(Topic.header(quarantined, "groupid")).isEqualTo(account);
        assertThat(Topic.header(quarantined, "receivedat"))
                .isEqualTo(Instant.ofEpochMilli(quarantined.timestamp()).toString())
                .isEqualTo(Topic.header(quarantined, "ce_time"));
    }

    @Test
    void namesRejectedEventsByTheirIdsButNoLongerThanAnIdMayBe() {
        // When
        Reply reply = caller.post(
                "/v1/batch",
                "key-of-harbor",
                "{\"batch\":[{\"messageId\":\"%s\"},{\"messageId\":\"%s\"}]}"
                        .formatted("m".repeat(200), "m".repeat(201)));
        // Then
        assertThat(reply.json().path("rejected").findValuesAsText("messageId"))
                .satisfiesExactly(
                        whole -> assertThat(whole).hasSize(200),
                        beginning -> assertThat(beginning).startsWith("mmm").hasSizeLessThan(200));
    }

    @Test
    void correctsAWrongClockBySentAt() {
        // Given
        String account = anAccount();
        // When
        caller.post("/v1/batch", EVERY_ACCOUNT, """
                {"sentAt":"2019-05-01T12:00:00Z","context":{"groupId":"%s"},
                 "batch":[{"userId":"u","event":"search","timestamp":"2019-05-01T11:00:00Z"}]}""".formatted(account));
        // Then
        UsageEvent event = events.ofAccount(account, UsageEvent.class).get(0);
        assertThat(event.at()).isEqualTo(event.receivedAt().minusSeconds(3600));
    }

    @Test
    void refusesATimeThatSentAtMovesBeforeAllHistory() {
        // Given
        String account = anAccount();
        String expected = "(?s).*: 19\\d\\d-\\S+, corrected by sentAt \\(expected: 2000-01-01T00:00:00Z or later\\).*";
        // When
        Reply batch = caller.post("/v1/batch", EVERY_ACCOUNT, """
                {"sentAt":"2080-05-01T12:00:00Z","context":{"groupId":"%s"},
                 "batch":[{"userId":"u","event":"search","timestamp":"2001-05-01T11:00:00Z"}]}""".formatted(account));
        Reply ping = caller.post("/v1/pings", EVERY_ACCOUNT, """
                {"account":"%s","instance":"eu-1","version":"1.0","sentAt":"2080-05-01T12:00:00Z","at":"2001-05-01T11:00:00Z",
                 "activeUsers":{"month":88},"features":{}}""".formatted(account));
        // Then
        assertThat(batch.json().path("rejected").path(0).path("reason").textValue())
                .matches("timestamp" + expected);
        assertThat(ping.status()).isEqualTo(400);
        assertThat(ping.json().toString()).matches(".*at" + expected);
    }

    @Test
    void derivesAnIdForAnEventWithoutOneSoThatARepetitionIsKnown() {
        // Given
        String account = anAccount();
        String event = """
                {"groupId":"%s","userId":"u","event":"search","timestamp":"2025-03-12T10:00:00Z","properties":{"n":%d}}""";
        // When
        Reply first = caller.post("/v1/track", EVERY_ACCOUNT, event.formatted(account, 1));
        Reply again = caller.post("/v1/track", EVERY_ACCOUNT, event.formatted(account, 1));
        Reply another = caller.post("/v1/track", EVERY_ACCOUNT, event.formatted(account, 2));
        // Then
        assertThat(List.of(first, again, another))
                .extracting(
                        reply -> reply.json().path("recorded").intValue(),
                        reply -> reply.json().path("repeated").intValue())
                .containsExactly(tuple(1, 0), tuple(0, 1), tuple(1, 0));
        assertThat(events.ofAccount(account, UsageEvent.class))
                .extracting(UsageEvent::id)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void takesZippedBodiesAndTheKeyInTheBody() {
        // Given
        String account = anAccount();
        byte[] body = "{\"writeKey\":\"local\",\"groupId\":\"%s\",\"batch\":[{\"userId\":\"u\",\"event\":\"search\"}]}"
                .formatted(account)
                .getBytes(StandardCharsets.UTF_8);
        // When
        Reply reply = caller.postZipped("/v1/batch/", "", Caller.zip(body));
        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(events.ofAccount(account, UsageEvent.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/track", "/v1/track/", "/v1/page", "/v1/screen/", "/v1/identify", "/v1/group", "/v1/alias/"})
    void takesEveryCallOfTheTrackingApi(String path) {
        // When
        Reply reply = caller.post(path, "key-of-harbor", "{\"userId\":\"u\",\"event\":\"search\",\"name\":\"Home\"}");
        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("success").booleanValue()).isTrue();
    }

    @Test
    void rejectsEventsForAnAccountThatTheKeyDoesNotSpeakFor() {
        // When
        Reply reply = caller.post(
                "/v1/track",
                "key-of-harbor",
                "{\"userId\":\"u\",\"event\":\"e\",\"context\":{\"groupId\":\"granite\"}}");
        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("rejected").path(0).path("reason").textValue())
                .isEqualTo("account: \"granite\" (expected: none, or the account that the write key belongs to)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/track", "/v1/batch", "/v1/pings", "/updates"})
    void refusesAnUnknownKeyOnEveryPath(String path) {
        // When
        Reply reply = caller.post(
                path,
                "nobody",
                "{\"batch\":[],\"userId\":\"u\",\"event\":\"e\",\"instance\":\"i\",\"site\":\"i\",\"version\":\"1\"}");
        // Then
        assertProblem(reply, 401, "write key: unknown (expected: a key that was handed out for this installation)");
        assertThat(reply.header("WWW-Authenticate")).startsWith("Basic realm=");
    }

    @Test
    void refusesAnUnknownKeyBeforeItsBodyHasCome() throws IOException {
        // Given
        String key = Base64.getEncoder().encodeToString("nobody:".getBytes(StandardCharsets.UTF_8));
        try (Socket sender = new Socket(address.getHost(), address.getPort())) {
            sender.setSoTimeout(10_000);
            // When
            sender.getOutputStream()
                    .write(("POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + key
                                    + "\r\nContent-Length: 100000\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            // Then
            assertThat(sender.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void saysWhereAMissingKeyBelongs() {
        assertProblem(
                caller.post("/v1/track", "{\"userId\":\"u\",\"event\":\"e\"}"),
                401,
                "write key: missing (expected: as the user name of HTTP Basic authentication, or in the body as writeKey)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /v1/track | {"event":                  | body: unexpected end of input at line 1
                    /v1/track | []                         | body: an array (expected: a JSON object)
                    /v1/batch | {"batch":{}}               | batch: an object (expected: a JSON array of events)
                    /v1/batch | {"batch":[{"event":"a"}    | body: unexpected end of input at line 1
                    /v1/pings | nonsense                   | body: Unrecognized token 'nonsense'
                    /updates  | {"site":"a"                | body: unexpected end of input at line 1
                    /updates  | {"version":"5.3.0"}        | site: missing (expected: the id of the instance)
                    /updates  | {"site":"a"}               | version: missing (expected: the version of the instance)
                    /v1/pings | {"instance":"a"}           | version: missing (expected: the version of the product)
                    """)
    void answers400ToABodyThatCannotBeRead(String path, String body, String detail) {
        // When
        Reply reply = caller.post(path, EVERY_ACCOUNT, body);
        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("detail").textValue()).startsWith(detail);
    }

    @Test
    void refusesABodyOfFiveMegabytes() {
        // When
        Reply reply = caller.post("/v1/batch", EVERY_ACCOUNT, "{\"batch\":[\"" + "x".repeat(5 << 20) + "\"]}");
        // Then
        assertProblem(reply, 413, "body: more than 4194304 bytes (expected: at most 4194304; send smaller batches)");
    }

    @Test
    void refusesABodyThatGrowsTooLargeWhenUnzipped() {
        // Given
        byte[] bomb = Caller.zip(new byte[200 << 20]);
        // When
        Reply reply = caller.postZipped("/v1/batch", EVERY_ACCOUNT, bomb);
        // Then
        assertThat(bomb).hasSizeLessThan(1 << 20);
        assertProblem(
                reply,
                413,
                "decompressed body: more than 33554432 bytes (expected: at most 33554432; send smaller batches)");
    }

    @Test
    void refusesAPingThatNoRecordCouldHold() {
        // When
        Reply reply = caller.post(
                "/updates",
                "{\"LicenseKey\":\"local\",\"site\":\"a\",\"version\":\"5\",\"x\":\"" + "x".repeat(600_000) + "\"}");
        // Then
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void refusesABodyThatIsNotZippedThoughItSaysSo() {
        // When
        Reply reply = caller.postZipped("/v1/batch", EVERY_ACCOUNT, "{\"batch\":[]}".getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").textValue()).contains("expected: JSON, plain or gzip");
    }

    @Test
    void rejectsAnEventOfMoreThan32KilobytesAndKeepsTheOthers() {
        // Given
        String account = anAccount();
        String big = "{\"userId\":\"u\",\"event\":\"big\",\"messageId\":\"%s\",\"properties\":{\"x\":\"%s\"}}"
                .formatted(account, "x".repeat(1_500_000));
        // When
        Reply reply = caller.post(
                "/v1/batch",
                EVERY_ACCOUNT,
                "{\"context\":{\"groupId\":\"%s\"},\"batch\":[%s,{\"userId\":\"u\",\"event\":\"small\"}]}"
                        .formatted(account, big));
        // Then
        assertThat(reply.json().path("recorded").intValue()).isEqualTo(1);
        assertThat(reply.json().path("rejected").path(0).path("reason").textValue())
                .isEqualTo("event: " + big.length() + " bytes (expected: at most 32768)");
        ConsumerRecord<String, byte[]> quarantined =
                quarantine.records(one -> Topic.text(one).contains(account)).get(0);
        assertThat(big).startsWith(Topic.text(quarantined));
        assertThat(Topic.header(quarantined, "reason"))
                .endsWith("; cut here after 921600 of " + big.length() + " bytes");
        assertThat(Topic.header(quarantined, "cutfrom")).isEqualTo(String.valueOf(big.length()));
    }

    @Test
    void takes2500EventsAndRefusesMore() {
        // Given
        String account = anAccount();
        // When
        Reply most = caller.post("/v1/batch", EVERY_ACCOUNT, batchOf(2_500, account));
        Reply more = caller.post("/v1/batch", EVERY_ACCOUNT, batchOf(2_501, account));
        // Then
        assertThat(most.json().path("recorded").intValue()).isEqualTo(2_500);
        assertProblem(more, 413, "batch: more than 2500 events (expected: at most 2500; send smaller batches)");
        assertThat(events.ofAccount(account, UsageEvent.class)).hasSize(2_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/updates", "/.api/updates", "/updates/"})
    void recordsTheUpdateCheckOfAnInstance(String path) throws IOException {
        // When
        Reply reply = caller.post(path, resource("/pings/full.json"));
        // Then
        assertThat(reply.status()).isEqualTo(204);
        List<UsagePing> recorded = pings.ofAccount("harbor", UsagePing.class);
        UsagePing ping = recorded.get(recorded.size() - 1);
        assertThat(ping.instance()).isEqualTo("0f6f3b1c-6a1e-4c0a-9f0e-2d9a1a4b7c11");
        assertThat(ping.production()).isTrue();
        assertThat(ping.activeUsers())
                .extracting(ActiveUsers::day, ActiveUsers::month)
                .containsExactly(41, 88);
        assertThat(ping.features()).containsEntry("cody", 240L);
        assertThat(ping.at()).isEqualTo(ping.receivedAt());
        assertThat(ping.raw()).isNotNull();
        assertThat(ping.raw().path("totalUsers").intValue()).isEqualTo(140);
        assertThat(pings.records())
                .anyMatch(one -> Topic.text(one).contains("\"somethingNew\":{\"nested\":[1,2.50,\"three\"]}"));
        assertThat(ping.raw().has("LicenseKey")).isFalse();
        assertThat(ping.raw().has("initAdmin")).isFalse();
    }

    @Test
    void recordsThePingOfAnyProduct() {
        // Given
        String account = anAccount();
        // When
        Reply reply = caller.post("/v1/pings", EVERY_ACCOUNT, """
                {"account":"%s","instance":"eu-1","version":"not a version","at":"2025-03-12T16:30:00Z","production":false,
                 "activeUsers":{"day":41,"month":88},"features":{"batch-changes":3}}""".formatted(account));
        // Then
        assertThat(reply.status()).isEqualTo(204);
        ConsumerRecord<String, byte[]> recorded =
                pings.records(one -> account.equals(one.key())).get(0);
        UsagePing ping = (UsagePing) Topic.data(recorded);
        assertThat(ping.at()).isEqualTo(Instant.parse("2025-03-12T16:30:00Z"));
        assertThat(ping.production()).isFalse();
        assertThat(ping.version()).isEqualTo("not a version");
        assertThat(ping.activeUsers()).isEqualTo(ActiveUsers.of(41, 88));
        assertThat(ping.features()).isEqualTo(Map.of("batch-changes", 3L));
        assertThat(recorded.timestamp()).isEqualTo(ping.receivedAt().toEpochMilli());
        assertThat(Topic.header(recorded, "ce_type")).isEqualTo("stagecoach.usage.ping.v1");
    }

    @Test
    void findsTheAccountThatListsTheInstance() {
        // Given
        String account = anAccount();
        publish(account, new Instance("prod-" + account, true), new Instance("stage-" + account, false));
        await().until(() -> caller.post("/updates", update("prod-" + account)).status() == 204);
        // When
        Reply reply = caller.post("/updates", update("stage-" + account));
        // Then
        assertThat(reply.status()).isEqualTo(204);
        assertThat(pings.ofAccount(account, UsagePing.class))
                .extracting(UsagePing::instance, UsagePing::production)
                .containsExactly(tuple("prod-" + account, true), tuple("stage-" + account, false));
    }

    @Test
    void asksForTheAccountOfAnInstanceThatNobodyLists() {
        // Given
        String instance = anAccount();
        // When
        Reply reply = caller.post("/updates", update(instance));
        // Then
        assertProblem(
                reply,
                422,
                "account: no account lists the instance \"" + instance
                        + "\" (expected: add it to the instances of its account, or name the account in the ping)");
        assertThat(quarantine.records(one -> Topic.text(one).equals(update(instance))))
                .hasSize(1);
    }

    @Test
    void refusesAPingForAnAccountThatTheKeyDoesNotSpeakFor() {
        assertProblem(
                caller.post(
                        "/v1/pings", "key-of-harbor", "{\"instance\":\"a\",\"version\":\"1\",\"account\":\"granite\"}"),
                403,
                "account: \"granite\" (expected: none, or the account that the write key belongs to)");
    }

    @ParameterizedTest
    @CsvSource({"/nowhere, 404", "/v1/track, 405", "/v1/nowhere, 404"})
    void answersWithAProblemWhereNothingIs(String path, int status) {
        // When
        Reply reply = caller.get(path);
        // Then
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/track", "/v1/batch/", "/v1/pings", "/v1/events"})
    void letsPagesOfAnyOriginSend(String path) {
        // When
        Reply preflight = caller.preflight(path, "https://app.example.com");
        Reply reply = caller.postWith(path, "{}".getBytes(StandardCharsets.UTF_8), "Origin", "https://app.example.com");
        // Then
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("authorization", "content-type");
        assertThat(List.of(preflight, reply))
                .allSatisfy(one ->
                        assertThat(one.header("Access-Control-Allow-Origin")).isEqualTo("*"));
        assertThat(caller.preflight("/q/metrics", "https://app.example.com").header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/updates, 5.2.9, 200", "/.api/updates, 5.2.9, 200", "/updates, 5.3.0, 204", "/updates, dev, 204"})
    void tellsAnInstanceOfANewerVersion(String path, String version, int status) {
        // When
        Reply reply = caller.post(
                path, "{\"LicenseKey\":\"key-of-harbor\",\"site\":\"a\",\"version\":\"%s\"}".formatted(version));
        // Then
        assertThat(reply.status()).isEqualTo(status);
        if (status == 200) {
            assertThat(reply.json().path("version").textValue()).isEqualTo("5.3.0");
            assertThat(reply.json().path("updateAvailable").booleanValue()).isTrue();
        }
    }

    @Test
    void tellsAnInstanceOfANewerVersionOfItsProduct() {
        assertThat(caller.post(
                                "/v1/pings",
                                "key-of-harbor",
                                "{\"product\":\"notebook\",\"instance\":\"a\",\"version\":\"1.9\"}")
                        .text())
                .isEqualTo("{\"version\":\"2.0.0\",\"updateAvailable\":true}");
    }

    @Test
    void describesItselfAndItsState() {
        assertThat(caller.get("/q/health/live").status()).isEqualTo(200);
        assertThat(caller.get("/q/health/ready").text())
                .contains("accounts are read")
                .contains("\"now\"");
        assertThat(caller.get("/q/openapi").text()).contains("/v1/batch").contains("/.api/updates");
        assertThat(MetricsTable.shownIn(caller.get("/q/metrics").text())).isEqualTo(MetricsTable.of("usage-ingest"));
    }

    @Test
    void whatComesOfATracedRequestIsPartOfItsTrace() {
        // Given
        String ping = anAccount();
        String batch = anAccount();
        String trace = recordedTraces.begin();
        // When
        caller.postWith(
                "/updates",
                "{\"LicenseKey\":\"local\",\"account\":\"%s\",\"site\":\"s\",\"version\":\"5.3.0\"}"
                        .formatted(ping)
                        .getBytes(StandardCharsets.UTF_8),
                "traceparent",
                trace);
        caller.postWith(
                "/v1/batch",
                batchOf(2, batch).getBytes(StandardCharsets.UTF_8),
                "Authorization",
                Caller.basic(EVERY_ACCOUNT),
                "traceparent",
                trace);
        // Then
        List<ConsumerRecord<String, byte[]>> records = Stream.concat(
                        pings.records(one -> ping.equals(one.key())).stream(),
                        events.records(one -> batch.equals(one.key())).stream())
                .toList();
        assertThat(records)
                .hasSize(3)
                .extracting(record -> EventCodec.traceParent(record.headers()))
                .doesNotContain(trace)
                .allSatisfy(header -> assertThat(RecordedTraces.idOf(header)).isEqualTo(RecordedTraces.idOf(trace)));
        String id = EventHeaders.ID.read(records.get(0).headers()).orElseThrow();
        await().untilAsserted(() -> assertThat(recordedTraces.stepsOf(trace))
                .containsExactly(
                        "POST /updates: account " + ping + ", event " + id, "POST /v1/batch: account " + batch));
    }

    @Test
    void whatNobodyTracesCarriesNoTrace() {
        // Given
        String account = anAccount();
        // When
        caller.post("/v1/batch", EVERY_ACCOUNT, batchOf(1, account));
        // Then
        assertThat(events.records(one -> account.equals(one.key())))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.headers().lastHeader("traceparent")).isNull());
    }

    @Test
    void countsSoThatTheSumsAgree() {
        // Given
        caller.post("/v1/batch", EVERY_ACCOUNT, batchOf(3, "harbor"));
        caller.post("/v1/batch", EVERY_ACCOUNT, "{\"groupId\":\"harbor\",\"batch\":[1,{\"type\":\"alias\"}]}");
        caller.post("/updates", EVERY_ACCOUNT, "{\"site\":\"x\"}");
        // When
        Map<String, Double> counted = caller.get("/q/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("stagecoach_ingest_") && line.contains("kind="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        // Then
        for (String kind : List.of("event", "ping")) {
            assertThat(of(counted, "received", kind)).isPositive();
            assertThat(of(counted, "rejected", kind)).isPositive();
            assertThat(of(counted, "received", kind))
                    .isEqualTo(of(counted, "recorded", kind)
                            + of(counted, "repeated", kind)
                            + of(counted, "rejected", kind)
                            + of(counted, "ignored", kind)
                            + of(counted, "unconfirmed", kind));
        }
    }

    private static double of(Map<String, Double> counted, String name, String kind) {
        return counted.entrySet().stream()
                .filter(one -> one.getKey().startsWith("stagecoach_ingest_" + name + "_total")
                        && one.getKey().contains("kind=\"" + kind + "\""))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static void assertProblem(Reply reply, int status, String detail) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("status").intValue()).isEqualTo(status);
        assertThat(reply.json().path("title").textValue()).isNotBlank();
        assertThat(reply.json().path("detail").textValue()).isEqualTo(detail);
    }

    private void publish(String account, Instance... instances) {
        AccountFacts facts = new AccountFacts(
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
                null,
                null,
                List.of(instances),
                null);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(EventCodec.toRecord(
                            Event.of(account, EventType.ACCOUNT_FACTS, "/test", account, Instant.EPOCH, null, facts)))
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String update(String instance) {
        return "{\"LicenseKey\":\"local\",\"site\":\"%s\",\"version\":\"5.3.0\",\"u\":4}".formatted(instance);
    }

    private static String batchOf(int events, String account) {
        return IntStream.range(0, events)
                .mapToObj(i -> "{\"userId\":\"u%d\",\"event\":\"search\"}".formatted(i))
                .collect(Collectors.joining(",", "{\"groupId\":\"" + account + "\",\"batch\":[", "]}"));
    }

    /** One that no other test uses. */
    private static String anAccount() {
        return "account-" + UUID.randomUUID();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = UsageIngestTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
