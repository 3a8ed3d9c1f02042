package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.ingest.Sdk.Call;
import dev.stagecoach.ingest.Sdk.Outcome;
import dev.stagecoach.ingest.ShakyWay.Passed;
import dev.stagecoach.ingest.ShakyWay.Trouble;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Published SDKs, unmodified, against the running service on the real Kafka. The README's table "SDKs tried" says what is seen here. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class RealClientsTest {
    private static final String EVERY_ACCOUNT = "local";

    /** More than a name may have. */
    private static final String TOO_LONG = "n".repeat(201);

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private final String account = "account-" + UUID.randomUUID();
    private Topic events;

    enum Client {
        SEGMENT_FOR_JAVA("/v1/import/", false, false),
        SEGMENT_FOR_NODE("/v1/batch", true, false),
        RUDDERSTACK_FOR_NODE("/v1/batch", true, true);

        private final String path;
        private final boolean keyInHeader;
        private final boolean gzip;

        Client(String path, boolean keyInHeader, boolean gzip) {
            this.path = path;
            this.keyInHeader = keyInHeader;
            this.gzip = gzip;
        }

        Sdk sdk() {
            return switch (this) {
                case SEGMENT_FOR_JAVA -> new SegmentForJava();
                case SEGMENT_FOR_NODE -> SdkForNode.installed("segment");
                case RUDDERSTACK_FOR_NODE -> SdkForNode.installed("rudderstack");
            };
        }
    }

    @BeforeEach
    void waitUntilReady() {
        events = new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS);
        await().until(() -> new Caller(address.getPort()).get("/q/health/ready").status() == 200);
    }

    @ParameterizedTest
    @EnumSource
    void everyCallIsTakenAsItIsSent(Client client) {
        // Given
        List<Call> calls = List.of(
                Call.track("Search Run", account),
                new Call("identify", "", account),
                new Call("group", "", account),
                new Call("page", "Notebook", account),
                new Call("screen", "Results", account),
                new Call("alias", "", account));
        try (ShakyWay way = new ShakyWay(address)) {
            // When
            Outcome outcome = client.sdk().send(way.address(), EVERY_ACCOUNT, calls);
            // Then
            assertThat(outcome).isEqualTo(new Outcome(6, List.of()));
            assertThat(way.passed())
                    .isNotEmpty()
                    .allSatisfy(passed -> assertThat(passed)
                            .extracting(Passed::path, Passed::authorization, Passed::contentEncoding, Passed::answered)
                            .containsExactly(client.path, authorization(client), client.gzip ? "gzip" : null, 200));
        }
        assertThat(events.ofAccount(account, UsageEvent.class))
                .extracting(UsageEvent::feature)
                .containsExactlyInAnyOrder("Search Run", "Notebook", "Results");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyIsNotTriedAgain(Client client) {
        try (ShakyWay way = new ShakyWay(address)) {
            // When
            Outcome outcome = client.sdk().send(way.address(), "nobody", List.of(Call.track("Search Run", account)));
            // Then
            assertThat(outcome.delivered()).isZero();
            assertThat(outcome.failed()).hasSize(1);
            assertThat(way.passed()).extracting(Passed::answered).containsExactly(401);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneBadEventCostsNoOther(Client client) {
        // Given
        List<Call> calls = List.of(
                Call.track("one", account),
                Call.track("two", account),
                Call.track(TOO_LONG, account),
                Call.track("three", account));
        // When
        Outcome outcome = client.sdk().send(address, EVERY_ACCOUNT, calls);
        // Then
        assertThat(outcome).isEqualTo(new Outcome(4, List.of()));
        assertThat(events.ofAccount(account, UsageEvent.class))
                .extracting(UsageEvent::name)
                .containsExactlyInAnyOrder("one", "two", "three");
        assertThat(new Topic(platform.bootstrapServers(), Topics.USAGE_QUARANTINE)
                        .records(one -> account.equals(one.key())))
                .singleElement()
                .satisfies(one -> {
                    assertThat(Topic.text(one)).contains(TOO_LONG);
                    assertThat(Topic.header(one, "reason")).startsWith("event: 201 characters");
                });
    }

    /** The SDK for Java is tried with the troubles below: it waits up to half a minute, whatever it is told. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SEGMENT_FOR_JAVA")
    void theLimitOfTheKeySlowsItDownAndCostsNoEvent(Client client) {
        // Given
        Caller caller = new Caller(address.getPort());
        String key = KeyWithALimit.of(account, 2, platform.bootstrapServers(), caller);
        String mostAtOnce = "{\"batch\":[" + "{\"type\":\"alias\"},".repeat(2_499) + "{\"type\":\"alias\"}]}";
        List<Call> calls =
                List.of(Call.track("one", account), Call.track("two", account), Call.track("three", account));
        // Right before the first request, so that none of it has come back when that arrives.
        try (ShakyWay way = new ShakyWay(address, () -> caller.post("/v1/batch", key, mostAtOnce))) {
            // When
            Outcome outcome = client.sdk().send(way.address(), key, calls);
            // Then
            assertThat(outcome).isEqualTo(new Outcome(3, List.of()));
            assertThat(way.passed())
                    .extracting(Passed::answered)
                    .startsWith(429)
                    .containsOnly(429, 200);
        }
        assertThat(events.ofAccount(account, UsageEvent.class))
                .extracting(UsageEvent::name)
                .containsExactlyInAnyOrder("one", "two", "three");
    }

    /** All at once: the SDK for Java waits half a minute, or not at all, as chance has it. */
    @Test
    void whatIsThrottledOrUnansweredIsSentUntilItIsStored() {
        // Given
        List<Sending> sendings = List.of(
                new Sending(Client.SEGMENT_FOR_JAVA, Trouble.TOO_FAST),
                new Sending(Client.SEGMENT_FOR_JAVA, Trouble.ANSWER_LOST),
                new Sending(Client.SEGMENT_FOR_NODE, Trouble.TOO_FAST, Trouble.BUSY, Trouble.ANSWER_LOST),
                new Sending(Client.RUDDERSTACK_FOR_NODE, Trouble.TOO_FAST, Trouble.BUSY, Trouble.ANSWER_LOST));
        // When
        ExecutorService senders = Executors.newFixedThreadPool(sendings.size());
        List<CompletableFuture<Outcome>> outcomes =
                sendings.stream().map(sending -> sending.start(senders)).toList();
        // Then
        assertThat(outcomes).extracting(CompletableFuture::join).containsOnly(new Outcome(3, List.of()));
        senders.shutdown();
        sendings.forEach(Sending::assertStoredOnce);
        assertThat(sendings.subList(2, 4))
                .allSatisfy(sending -> assertThat(sending.firstPause())
                        .as("Retry-After of 429, for " + sending.client)
                        .isGreaterThanOrEqualTo(ShakyWay.RETRY_AFTER));
        assertThat(sendings.get(3).secondPause())
                .as("Retry-After of 503, for " + sendings.get(3).client)
                .isGreaterThanOrEqualTo(ShakyWay.RETRY_AFTER);
    }

    private static @Nullable String authorization(Client client) {
        return client.keyInHeader
                ? "Basic " + Base64.getEncoder().encodeToString((EVERY_ACCOUNT + ":").getBytes(StandardCharsets.UTF_8))
                : null;
    }

    /** Three events of an account of their own, on a way that makes trouble. */
    private final class Sending {
        private final Client client;
        private final Sdk sdk;
        private final int troubles;
        private final String sender = "account-" + UUID.randomUUID();
        private final ShakyWay way;

        Sending(Client client, Trouble... troubles) {
            this.client = client;
            this.sdk = client.sdk();
            this.troubles = troubles.length;
            this.way = new ShakyWay(address, troubles);
        }

        CompletableFuture<Outcome> start(Executor senders) {
            List<Call> calls = IntStream.range(0, 3)
                    .mapToObj(i -> Call.track("event " + i, sender))
                    .toList();
            return CompletableFuture.supplyAsync(() -> sdk.send(way.address(), EVERY_ACCOUNT, calls), senders)
                    .whenComplete((outcome, failure) -> way.close());
        }

        void assertStoredOnce() {
            List<UsageEvent> stored = events.ofAccount(sender, UsageEvent.class);
            assertThat(stored)
                    .as("what %s sent", client)
                    .extracting(UsageEvent::name)
                    .containsExactlyInAnyOrder("event 0", "event 1", "event 2");
            assertThat(stored.stream().map(UsageEvent::id).distinct()).hasSize(3);
            assertThat(way.passed())
                    .filteredOn(passed -> passed.answered() != 200)
                    .hasSize(troubles);
        }

        Duration firstPause() {
            return pauseAfter(0);
        }

        Duration secondPause() {
            return pauseAfter(1);
        }

        private Duration pauseAfter(int request) {
            return Duration.between(
                    way.passed().get(request).at(),
                    way.passed().get(request + 1).at());
        }
    }
}
