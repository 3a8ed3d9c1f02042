package dev.stagecoach.alerts.adapter;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Topics;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees, before a stand-in of the other services and the real Kafka. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class SystemPageTest {
    private static final String READY = """
            {"status": "UP", "checks": [{"name": "progress", "status": "UP",
             "data": {"version": "7.8.9", "outboxRows": 2, "outboxOldestSeconds": 1, "ticks": "from elsewhere"}}]}""";

    @InjectPlatform
    Platform platform;

    @Inject
    KafkaLags lags;

    private Bench bench;

    @BeforeEach
    void othersThatAreWell() {
        bench = new Bench(platform, "alerts");
        PeerStandIn.forget();
        PeerStandIn.answerTo("GET /q/health/ready", READY);
        PeerStandIn.answerTo("GET /v1/campaigns", "[]");
        PeerStandIn.answerTo("GET /v1/approvals", "{\"waiting\": []}");
        PeerStandIn.answerTo("GET /v1/instances", "{\"instances\": [], \"next\": null}");
        PeerStandIn.answerTo("GET /v1/policy/versions", "[]");
    }

    private static String page() {
        return given().get("/system").then().statusCode(200).extract().asString();
    }

    private static ProducerRecord<String, byte[]> rejected(
            String reason, String source, Instant at, @Nullable String account) {
        var told = new ProducerRecord<>(
                Topics.USAGE_QUARANTINE,
                0,
                at.toEpochMilli(),
                account,
                "{\"email\": \"ana@acme.example.com\"}".getBytes(StandardCharsets.UTF_8));
        EventHeaders.REJECTED_REASON.write(told.headers(), reason);
        EventHeaders.REJECTED_SOURCE.write(told.headers(), source);
        return told;
    }

    private static ProducerRecord<String, byte[]> deadLetter(String topic, String origin, String reason) {
        var told = new ProducerRecord<>(topic, 0, Instant.now().toEpochMilli(), "sp-dead", new byte[0]);
        EventHeaders.DEAD_LETTER_KIND.write(told.headers(), "unreadable");
        EventHeaders.DEAD_LETTER_REASON.write(told.headers(), reason);
        EventHeaders.DEAD_LETTER_TOPIC.write(told.headers(), origin);
        return told;
    }

    private long records(String origin) {
        return bench.count("select coalesce(sum(records), 0) from reject where origin = '" + origin + "'");
    }

    private void awaitRecords(String origin, long records) {
        await(origin).atMost(Duration.ofSeconds(30)).until(() -> records(origin) >= records);
        assertThat(records(origin)).isEqualTo(records);
    }

    @Test
    void saysOfEachServiceWhetherItIsReadyInWhichVersionAndWhatItHasNotPublished() {
        assertThat(page())
                .contains("<th scope=\"row\">usage-ingest</th>", "<th scope=\"row\">lifecycle-service</th>")
                .contains("<th scope=\"row\">outreach-service</th>", "<th scope=\"row\">alerts-service</th>")
                .contains("7.8.9", "for 1 second");
    }

    @Test
    void saysFirstWhatIsStuckAndWhatToDo() {
        // Given
        PeerStandIn.answerTo("GET /q/health/ready", 503, """
                {"status": "DOWN", "checks": [{"name": "progress", "status": "DOWN",
                 "data": {"problem": "<b>no</b> member of the group yet", "blocked": "accounts-1@7: boom"}}]}""");

        // Then
        assertThat(page())
                .containsSubsequence(
                        "What is stuck",
                        "lifecycle-service is not ready, progress: &lt;b&gt;no&lt;/b&gt; member of the group yet",
                        "It goes on by itself once that is mended.",
                        "Services")
                .contains("cannot apply a record: accounts-1@7: boom");
    }

    @Test
    void showsTheRestWhileAllOthersAreAway() {
        // Given
        PeerStandIn.goDown();

        // When
        String page;
        try {
            page = page();
        } finally {
            PeerStandIn.comeBack();
        }

        // Then
        assertThat(page)
                .contains("usage-ingest does not answer", "lifecycle-service does not answer")
                .contains("Only lifecycle-service knows when each instance pinged.")
                .contains("stagecoach.alerts.peers")
                .contains("Records that were passed over", "<code>2</code> <span class=\"tag\">in force</span>");
    }

    @Test
    void listsInstancesThatHaveNotPingedForLongest() {
        // Given
        PeerStandIn.answerTo("GET /v1/instances", """
                {"counts": {"instances": 12, "silent": 1, "neverPinged": 1},
                 "instances": [
                   {"account": "sp-a", "name": "Acme <i>", "stage": "Adopting", "instance": "never", "production": true, "version": null,
                    "firstPingAt": null, "lastPingAt": null, "silent": false},
                   {"account": "sp-b", "name": "Bolt", "stage": null, "instance": "quiet", "production": false, "version": "5.1",
                    "firstPingAt": "2025-01-01T00:00:00Z", "lastPingAt": "2025-02-01T00:00:00Z", "silent": true}],
                 "next": "c2lsZW50"}""");

        // Then
        assertThat(page())
                .contains(
                        "12 instances, <b>1 silent</b>, 1 that never pinged",
                        "Acme &lt;i&gt;",
                        "not production: does not count")
                .containsSubsequence("<th scope=\"row\">never</th>", "<th scope=\"row\">quiet</th>", "silent</span>");
        given().get("/system/instances?after=c2lsZW50")
                .then()
                .statusCode(200)
                .body(containsString("href=\"/system/instances?after=c2lsZW50\""));
        assertThat(PeerStandIn.asked("GET", "/v1/instances?after=c2lsZW50")).hasSize(1);
    }

    @Test
    void countsRejectedUsageByReasonSourceAndDayWithoutWhatWasFound() {
        // Given
        Instant today = Instant.parse("2025-08-20T09:00:00Z");
        List<ProducerRecord<String, byte[]>> told = new ArrayList<>();
        IntStream.range(0, 500)
                .forEach(n -> told.add(rejected(
                        "timestamp: \"person-" + n + "@acme.example.com\" (expected: a time)",
                        "/v1/sp-track",
                        today,
                        "sp-acme")));
        told.add(rejected(
                "timestamp: \"x\" (expected: a time)", "/v1/sp-track", today.plus(Duration.ofDays(1)), "sp-last"));
        told.add(rejected("userId: missing (expected: userId)", "/v1/sp-track", today, null));

        // When
        bench.send(told);
        awaitRecords("/v1/sp-track", 502);

        // Then
        assertThat(bench.count("select count(*) from reject where origin = '/v1/sp-track'"))
                .as("rows for 502 records")
                .isEqualTo(3);
        assertThat(bench.count(
                        "select count(*) from reject where reason like '%person%' or reason like '%acme.example%'"))
                .isZero();
    }

    @Test
    void showsWhatWasRejectedLatelyAndHowToReadIt() {
        // Given
        Instant now = Instant.now();

        // When
        bench.send(List.of(
                rejected("<script>: missing (expected: text)", "/v1/sp-now", now, "sp-<acme>"),
                rejected("<script>: missing (expected: text)", "/v1/sp-now", now, "sp-<acme>")));
        awaitRecords("/v1/sp-now", 2);

        // Then
        assertThat(page())
                .contains("&lt;script&gt;: missing (expected: text)", "/v1/sp-now", "sp-&lt;acme&gt;")
                .contains("kcat -C -b localhost:9092 -t usage.quarantine -p 0 -o ")
                .contains("of usage rejected since yesterday", "<code>./stagecoach quarantine replay</code>");
    }

    @Test
    void countsNotWhatWasTakenAfterAll() {
        // Given
        var takenAfterAll = rejected("a: missing (expected: b)", "/v1/sp-taken", Instant.now(), "sp-taken");
        EventHeaders.TYPE.write(takenAfterAll.headers(), EventType.USAGE_REPLAYED);

        // When
        bench.send(List.of(
                takenAfterAll, rejected("a: missing (expected: b)", "/v1/sp-taken", Instant.now(), "sp-taken")));

        // Then
        awaitRecords("/v1/sp-taken", 1);
    }

    @Test
    void whoeverMakesUpReasonsFillsNoTable() {
        // Given
        Instant day = Instant.parse("2024-05-05T09:00:00Z");
        List<ProducerRecord<String, byte[]>> told = IntStream.range(0, JdbcRejects.MOST_REASONS + 50)
                .mapToObj(n -> rejected(
                        // Without digits, which a pattern leaves out.
                        "feature-" + "abcdefghijklmnopqrst".charAt(n % 20) + "x".repeat(n / 20)
                                + ": missing (expected: a name)",
                        "/v1/sp-many",
                        day,
                        "sp-many"))
                .toList();

        // When
        bench.send(told);
        awaitRecords("/v1/sp-many", told.size());

        // Then
        assertThat(bench.count("select count(*) from reject where day = '2024-05-05'"))
                .isLessThanOrEqualTo(JdbcRejects.MOST_REASONS + 1);
    }

    @Test
    void countsWhatOtherServicesPassedOverAndKeepsNoWordOfContacts() {
        // When
        bench.send(List.of(
                deadLetter(Topics.LIFECYCLE_DEAD_LETTERS, "sp.pings", "version: \"x\" (expected: text)"),
                deadLetter(Topics.OUTREACH_DEAD_LETTERS, Topics.CONTACTS, "not JSON: Ana Ruiz")));
        awaitRecords("sp.pings", 1);
        awaitRecords(Topics.CONTACTS, 1);

        // Then
        assertThat(page())
                .contains("lifecycle-service passed over 1 record within a week")
                .contains("unreadable: version: … (expected: text)", "outreach-service")
                .doesNotContain("Ana Ruiz");
    }

    @Test
    void showsHowFarEachServiceHasReadAndWhatStands() throws Exception {
        // Given
        bench.send(List.of(rejected("a: missing (expected: b)", "/v1/sp-lag", Instant.now(), "sp-lag")));
        awaitRecords("/v1/sp-lag", 1);
        TopicPartition first = new TopicPartition(Topics.USAGE_QUARANTINE, 0);
        commit("outreach-service", first, 0);

        // When
        lags.look();
        KafkaLags.Found found = lags.look();

        // Then
        assertThat(found.problem()).isNull();
        assertThat(found.lags())
                .filteredOn(lag ->
                        lag.group().equals("outreach-service") && lag.topic().equals(first.topic()))
                .singleElement()
                .satisfies(lag -> {
                    assertThat(lag.unread()).isEqualTo(bench.endOffsets(List.of(first.topic())));
                    assertThat(lag.standingFor()).isNotNull();
                });
        assertThat(found.lags())
                .filteredOn(lag ->
                        lag.group().equals(RejectsRunner.GROUP) && lag.topic().equals(first.topic()))
                .singleElement()
                .satisfies(lag -> assertThat(lag.unread()).isZero());
        assertThat(page()).contains("Lag: not read yet", "<th scope=\"row\">usage.quarantine</th>");

        // When
        commit("outreach-service", first, bench.endOffsets(List.of(first.topic())));

        // Then
        assertThat(lags.look().lags())
                .filteredOn(lag ->
                        lag.group().equals("outreach-service") && lag.topic().equals(first.topic()))
                .singleElement()
                .satisfies(lag -> assertThat(lag.standingFor()).isNull());
    }

    private void commit(String group, TopicPartition partition, long offset)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }
}
