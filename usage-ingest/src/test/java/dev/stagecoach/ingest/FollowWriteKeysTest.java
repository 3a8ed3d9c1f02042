package dev.stagecoach.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.WriteKeySecret;
import dev.stagecoach.ingest.Caller.Reply;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running service follows the write keys on the real Kafka, as every replica does by itself. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class FollowWriteKeysTest {
    /** A second is promised; a machine that is busy with other tests gets more. */
    private static final Duration A_MOMENT = Duration.ofSeconds(10);

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private Caller caller;

    /** Each test has a key of its own. */
    private final String id = UUID.randomUUID().toString().replace("-", "").substring(0, 10);

    private final String account = "account-" + id;
    private final String old = text('a');
    private final String newest = text('b');

    @BeforeEach
    void waitUntilReady() {
        caller = new Caller(address.getPort());
        await().until(() -> caller.get("/q/health/ready").status() == 200);
    }

    @Test
    void takesAKeyThatWasCreated() {
        // Given
        assertThat(track(old, null).status()).isEqualTo(401);
        // When
        tell(WriteKeyScope.of(List.of(account)), null, good(old));
        // Then
        awaitStatus(old, 200);
        assertThat(track(newest, null).status()).isEqualTo(401);
        assertThat(events().ofAccount(account, UsageEvent.class)).isNotEmpty();
        assertThat(caller.get("/q/health/ready").text()).contains("write keys are read");
    }

    @Test
    void takesBothTextsOfAKeyThatIsRotatedAndThenTheNewOneOnly() {
        // Given
        tell(WriteKeyScope.of(List.of(account)), null, good(old));
        awaitStatus(old, 200);
        // When
        tell(
                WriteKeyScope.of(List.of(account)),
                null,
                goodUntil(old, Instant.now().plusSeconds(3600)),
                good(newest));
        // Then
        awaitStatus(newest, 200);
        assertThat(track(old, null).status()).isEqualTo(200);
        // When
        tell(WriteKeyScope.of(List.of(account)), null, goodUntil(old, Instant.now()), good(newest));
        // Then
        awaitStatus(old, 401);
        assertThat(track(newest, null).status()).isEqualTo(200);
    }

    @Test
    void refusesAKeyThatWasRevoked() {
        // Given
        tell(WriteKeyScope.of(List.of(account)), null, good(old));
        awaitStatus(old, 200);
        // When
        tell(WriteKeyScope.of(List.of(account)), Instant.now());
        // Then
        awaitStatus(old, 401);
        Reply refused = track(old, null);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(refused.json().path("detail").textValue()).startsWith("write key: unknown");
    }

    @Test
    void refusesAKeyWhoseRecordIsWithoutAValue() {
        // Given
        tell(WriteKeyScope.of(List.of(account)), null, good(old));
        awaitStatus(old, 200);
        // When
        send(new ProducerRecord<>(Topics.WRITE_KEYS, id, null));
        // Then
        awaitStatus(old, 401);
    }

    @Test
    void passesOverWhatIsNoWriteKey() {
        // When
        send(new ProducerRecord<>(Topics.WRITE_KEYS, id, "{}".getBytes(UTF_8)));
        tell(WriteKeyScope.of(List.of(account)), null, good(old));
        // Then
        awaitStatus(old, 200);
    }

    @Test
    void letsAKeyOfASetSpeakForItsAccountsOnly() {
        // When
        tell(WriteKeyScope.of(List.of(account, "harbor")), null, good(old));
        await().atMost(A_MOMENT).until(() -> track(old, account).status() == 200);
        // Then
        assertThat(reason(track(old, "granite")))
                .isEqualTo("account: \"granite\" (expected: one of the accounts that the write key is for)");
        assertThat(reason(track(old, null)))
                .startsWith(
                        "groupId: missing (expected: context.groupId, since this write key speaks for many accounts");
    }

    @Test
    void letsAKeyOfAProductFollowTheFacts() {
        // Given
        tell(WriteKeyScope.of(Product.CODY), null, good(old));
        tellFacts(account, List.of(Product.CODE_SEARCH));
        await().atMost(A_MOMENT).until(() -> track(old, account).status() == 200);
        assertThat(reason(track(old, account)))
                .isEqualTo("account: \"" + account
                        + "\" (expected: an account with the product cody, for which the write key is)");
        // When
        tellFacts(account, List.of(Product.CODE_SEARCH, Product.CODY));
        // Then
        await().atMost(A_MOMENT)
                .until(() -> track(old, account).json().path("recorded").intValue() == 1);
        // When
        tellFacts(account, List.of());
        // Then
        await().atMost(A_MOMENT)
                .until(() -> track(old, account).json().path("recorded").intValue() == 0);
    }

    @Test
    void takesPingsOfInstancesOfItsAccountsOnly() {
        // Given
        String foreign = "foreign-" + id;
        tellFacts(account, List.of(Product.CODY), "eu-" + id, "shared-" + id);
        tellFacts(foreign, List.of(), "us-" + id, "shared-" + id);
        tell(WriteKeyScope.of(Product.CODY), null, good(old));
        // When
        await().atMost(A_MOMENT).until(() -> ping("eu-" + id).status() / 100 == 2);
        Reply ofAnother = ping("us-" + id);
        Reply ofBoth = ping("shared-" + id);
        // Then
        assertThat(ofAnother.status()).isEqualTo(422);
        assertThat(ofAnother.json().path("detail").textValue())
                .startsWith("account: no account that the write key is for lists the instance \"us-" + id + "\"");
        assertThat(ofBoth.status() / 100).isEqualTo(2);
        Topic pings = new Topic(platform.bootstrapServers(), Topics.USAGE_PINGS);
        assertThat(pings.ofAccount(account, UsagePing.class))
                .extracting(UsagePing::instance)
                .contains("eu-" + id, "shared-" + id);
        assertThat(pings.ofAccount(foreign, UsagePing.class)).isEmpty();
    }

    @Test
    void writesNoKeyToAnyTopic() {
        // Given
        tell(WriteKeyScope.of(List.of(account, "harbor")), null, good(old));
        await().atMost(A_MOMENT).until(() -> track(old, account).status() == 200);
        // When: as the user of Basic authentication and in the body, of usage that is taken and that is not
        caller.post(
                "/v1/track",
                "{\"writeKey\":\"" + old + "\",\"groupId\":\"" + account + "\",\"userId\":\"u\",\"event\":\"search\"}");
        caller.post("/v1/batch", "{\"writeKey\":\"" + old + "\",\"batch\":[{\"event\":7}]}");
        caller.post("/v1/track", "{\"writeKey\":\"" + old + "\",\"event\":\"no user " + id + "\"}");
        caller.post("/v1/pings", "{\"writeKey\":\"" + old + "\",\"note\":\"no instance " + id + "\"}");
        caller.post(
                "/v1/pings",
                "{\"writeKey\":\"" + old + "\",\"account\":\"" + account
                        + "\",\"instance\":\"i\",\"version\":\"1\",\"features\":{}}");
        // Then
        String secret = old.substring(old.lastIndexOf('_') + 1);
        assertThat(new Topic(platform.bootstrapServers(), Topics.USAGE_QUARANTINE)
                        .records().stream().map(Topic::text))
                .anyMatch(kept -> kept.contains("no user " + id))
                .anyMatch(kept -> kept.contains("no instance " + id));
        for (String topic : List.of(Topics.USAGE_EVENTS, Topics.USAGE_PINGS, Topics.USAGE_QUARANTINE)) {
            assertThat(new Topic(platform.bootstrapServers(), topic).records())
                    .as(topic)
                    .isNotEmpty()
                    .noneMatch(one -> Topic.text(one).contains(secret));
        }
    }

    private void awaitStatus(String key, int status) {
        await().atMost(A_MOMENT).until(() -> track(key, null).status() == status);
    }

    private Reply track(String key, @Nullable String named) {
        String group = named == null ? "" : "\"groupId\":\"" + named + "\",";
        return caller.post("/v1/track", key, "{" + group + "\"userId\":\"u\",\"event\":\"search\"}");
    }

    private Reply ping(String instance) {
        return caller.post(
                "/v1/pings", old, "{\"instance\":\"" + instance + "\",\"version\":\"1.0\",\"features\":{\"cody\":1}}");
    }

    private static String reason(Reply reply) {
        return reply.json().path("rejected").path(0).path("reason").textValue();
    }

    private Topic events() {
        return new Topic(platform.bootstrapServers(), Topics.USAGE_EVENTS);
    }

    private void tell(WriteKeyScope scope, @Nullable Instant revokedAt, WriteKeySecret... secrets) {
        send(EventType.WRITE_KEY, id, new WriteKeyFacts(id, "Test", scope, List.of(secrets), null, revokedAt));
    }

    private void tellFacts(String account, List<Product> products, String... instances) {
        send(
                EventType.ACCOUNT_FACTS,
                account,
                new AccountFacts(
                        account,
                        "Test",
                        Segment.DIGITAL,
                        products,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(instances).stream()
                                .map(instance -> new Instance(instance, true))
                                .toList(),
                        null));
    }

    private void send(EventType type, String key, EventData data) {
        send(EventCodec.toRecord(Event.of(key, type, "/test", key, Instant.EPOCH, null, data)));
    }

    private void send(ProducerRecord<String, byte[]> told) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            assertThat(producer.send(told)).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private String text(char of) {
        return "sc_" + id + "_" + (String.valueOf(of) + id).repeat(3).substring(0, 32);
    }

    private static WriteKeySecret good(String text) {
        return goodUntil(text, null);
    }

    private static WriteKeySecret goodUntil(String text, @Nullable Instant until) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return new WriteKeySecret(HexFormat.of().formatHex(hash), until);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
