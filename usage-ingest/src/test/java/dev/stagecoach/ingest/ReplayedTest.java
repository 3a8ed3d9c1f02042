package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.ingest.Caller.Reply;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage that came before, and is sent again with the time of its first receipt. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class ReplayedTest {
    private static final String EVERY_ACCOUNT = "local";
    private static final String FIRST_RECEIPT = "2025-03-12T10:00:07Z";

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private final String account = "account-" + UUID.randomUUID();
    private Caller caller;
    private Topic events;
    private Topic quarantine;

    @BeforeEach
    void waitUntilReady() {
        caller = new Caller(address.getPort());
        events = new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS);
        quarantine = new Topic(platform.bootstrapServers(), Topics.USAGE_QUARANTINE);
        await().until(() -> caller.get("/q/health/ready").status() == 200);
    }

    @Test
    void aWrongClockIsCorrectedByTheFirstReceipt() {
        // When
        caller.replay("/v1/batch", EVERY_ACCOUNT, FIRST_RECEIPT, account, """
                {"sentAt":"2025-03-12T08:00:07Z","batch":[{"userId":"u","event":"search","timestamp":"2025-03-12T07:00:00Z"}]}""");
        // Then
        assertThat(recorded())
                .singleElement()
                .extracting(UsageEvent::at)
                .isEqualTo(Instant.parse("2025-03-12T09:00:00Z"));
    }

    @Test
    void anEventWithoutATimeHappenedAtItsFirstReceiptAndKeepsItsId() {
        // When
        for (int time = 0; time < 2; time++) {
            caller.replay(
                    "/v1/track", EVERY_ACCOUNT, FIRST_RECEIPT, account, "{\"userId\":\"u\",\"event\":\"search\"}");
        }
        // Then
        assertThat(recorded())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.at()).isEqualTo(Instant.parse(FIRST_RECEIPT)));
        assertThat(recorded().stream().map(UsageEvent::id).distinct()).hasSize(1);
    }

    @Test
    void whatIsRecordedIsReceivedNow() {
        // Given
        Instant before = Instant.now().minusMillis(1);
        // When
        caller.replay("/v1/track", EVERY_ACCOUNT, FIRST_RECEIPT, account, "{\"userId\":\"u\",\"event\":\"search\"}");
        // Then
        assertThat(recorded())
                .singleElement()
                .satisfies(event -> assertThat(event.receivedAt()).isAfterOrEqualTo(before));
        assertThat(events.records(one -> account.equals(one.key())))
                .singleElement()
                .satisfies(one ->
                        assertThat(Instant.parse(Topic.header(one, "ce_time"))).isAfterOrEqualTo(before));
    }

    @Test
    void nothingCountsForAnotherAccountThanTheOneForWhichItCame() {
        // When
        Reply reply = caller.replay(
                "/v1/track",
                EVERY_ACCOUNT,
                FIRST_RECEIPT,
                account,
                "{\"userId\":\"u\",\"event\":\"search\",\"context\":{\"groupId\":\"somebody-else\"}}");
        // Then
        assertThat(reply.json().path("rejected").findValuesAsText("reason"))
                .containsExactly(
                        "account: \"somebody-else\" (expected: none, or the account that the write key belongs to)");
        assertThat(quarantine.records(one -> account.equals(one.key())))
                .singleElement()
                .satisfies(one -> {
                    assertThat(Topic.header(one, "receivedat")).isEqualTo(FIRST_RECEIPT);
                    assertThat(Instant.parse(Topic.header(one, "ce_time")))
                            .isAfter(Instant.parse(FIRST_RECEIPT))
                            .isEqualTo(Instant.ofEpochMilli(one.timestamp()));
                });
    }

    @Test
    void aPingHappenedAtItsFirstReceipt() {
        // When
        Reply reply = caller.replay(
                "/updates", EVERY_ACCOUNT, FIRST_RECEIPT, account, "{\"site\":\"a\",\"version\":\"5.3.0\",\"u\":4}");
        // Then
        assertThat(reply.status()).as(reply.text()).isLessThan(300);
        List<UsagePing> pings =
                new Topic(platform.bootstrapServers(), Topics.USAGE_PINGS).ofAccount(account, UsagePing.class);
        assertThat(pings).singleElement().extracting(UsagePing::at).isEqualTo(Instant.parse(FIRST_RECEIPT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key-of-harbor | 2025-03-12T10:00:07Z | 403 | Stagecoach-Received-At, Stagecoach-Account, Stagecoach-Key-Id: not with this write key
            local         | 2125-03-12T10:00:07Z | 400 | Stagecoach-Received-At: 2125-03-12T10:00:07Z (expected: not later than now
            local         | yesterday            | 400 | Stagecoach-Received-At: "yesterday" (expected: an ISO 8601 time
            nobody        | 2025-03-12T10:00:07Z | 401 | write key: unknown
            """)
    void whoMayNotSayWhenItCameIsRefused(String key, String receivedAt, int status, String detail) {
        for (String path : List.of("/v1/batch", "/v1/track", "/v1/pings", "/updates")) {
            // When
            Reply reply = caller.replay(path, key, receivedAt, account, """
                    {"batch":[],"userId":"u","event":"search","instance":"a","site":"a","version":"1"}""");
            // Then
            assertThat(reply.status()).as(path + " " + reply.text()).isEqualTo(status);
            assertThat(reply.json().path("detail").textValue()).startsWith(detail);
        }
        assertThat(recorded()).isEmpty();
    }

    @Test
    void countsForNoAccountThatItsFirstKeyDoesNotSpeakFor() {
        // Given
        caller.post(
                "/v1/track",
                "key-of-harbor",
                "{\"userId\":\"u\",\"event\":\"%s\",\"groupId\":\"%s\"}".formatted(account, account));
        String keyId = quarantine.records(one -> Topic.text(one).contains(account)).stream()
                .map(one -> Topic.header(one, "keyid"))
                .findFirst()
                .orElseThrow();
        // When
        Reply replayed = caller.postWith(
                "/v1/batch",
                "{\"batch\":[{\"userId\":\"u\",\"event\":\"search\",\"groupId\":\"%s\"}]}"
                        .formatted(account)
                        .getBytes(StandardCharsets.UTF_8),
                "Authorization",
                Caller.basic(EVERY_ACCOUNT),
                Replayed.KEY_ID,
                keyId);
        Reply unknown = caller.postWith(
                "/v1/batch",
                "{\"batch\":[]}".getBytes(StandardCharsets.UTF_8),
                "Authorization",
                Caller.basic(EVERY_ACCOUNT),
                Replayed.KEY_ID,
                "settings-0");
        // Then
        assertThat(keyId).startsWith("settings-");
        assertThat(replayed.json().path("rejected")).as(replayed.text()).hasSize(1);
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(recorded()).isEmpty();
    }

    private List<UsageEvent> recorded() {
        return events.ofAccount(account, UsageEvent.class);
    }
}
