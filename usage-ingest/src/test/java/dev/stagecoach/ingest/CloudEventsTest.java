package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.ingest.Caller.Reply;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents as the SDK for Java writes them, in all three modes of HTTP. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class CloudEventsTest {
    private static final String EVERY_ACCOUNT = "local";
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2025-03-12T12:00:00Z");

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    private final String account = "account-" + UUID.randomUUID();
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsAUsageEvent(boolean binary) {
        // Given
        CloudEvent event =
                event("ce-1", "{\"user\":\"ada@harbor.example\",\"name\":\"Search Run\",\"feature\":\"code-search\"}");
        // When
        Reply reply = send(event, binary);
        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("recorded").intValue()).isOne();
        UsageEvent recorded = events.ofAccount(account, UsageEvent.class).get(0);
        assertThat(recorded.id()).isEqualTo("ce-1");
        assertThat(recorded.at()).isEqualTo(NOON.toInstant());
        assertThat(recorded.feature()).isEqualTo("code-search");
        assertThat(recorded.user()).matches("[A-Za-z0-9_-]{22}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsAPing(boolean binary) {
        // When
        Reply reply = send(
                ping("ce-2", "{\"instance\":\"eu-1\",\"version\":\"5.3.0\",\"activeUsers\":{\"month\":88}}"), binary);
        // Then
        assertThat(reply.json().path("recorded").intValue()).as(reply.text()).isOne();
        assertThat(pings.ofAccount(account, UsagePing.class))
                .extracting(UsagePing::instance, UsagePing::at)
                .containsExactly(tuple("eu-1", Instant.parse("2025-03-12T12:00:00Z")));
    }

    @Test
    void recordsTheGoodOnesOfABatchAndKeepsTheOthers() {
        // Given
        String nameless = json(event("no-name", "{\"user\":\"u\"}"));
        List<String> batch = List.of(
                json(event("good", "{\"user\":\"u\",\"name\":\"search\"}")),
                nameless,
                json(ping("no-version", "{\"instance\":\"eu-1\"}")),
                json(ping("alive", "{\"instance\":\"eu-1\",\"version\":\"5.3.0\"}")),
                json(CloudEventBuilder.v1(event("odd", "{}"))
                        .withType("com.example.other")
                        .build()),
                "{\"specversion\":\"1.0\",\"type\":\"stagecoach.usage.event.v1\"}",
                json(event("good", "{\"user\":\"u\",\"name\":\"search\"}")));
        // When
        Reply reply = caller.postWith(
                "/v1/events",
                batch.stream().collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8),
                "Authorization",
                Caller.basic(EVERY_ACCOUNT),
                "Content-Type",
                "application/cloudevents-batch+json");
        // Then
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(Stream.of("received", "recorded", "repeated")
                        .map(name -> reply.json().path(name).intValue()))
                .containsExactly(7, 2, 1);
        assertThat(reply.json().path("rejected").findValuesAsText("index")).containsExactly("1", "2", "4", "5");
        assertThat(reply.json().path("rejected").findValuesAsText("reason"))
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .isEqualTo("event: missing (expected: the name of what the user did)"),
                        reason ->
                                assertThat(reason).isEqualTo("version: missing (expected: the version of the product)"),
                        reason -> assertThat(reason)
                                .isEqualTo("type: \"com.example.other\" (expected: stagecoach.usage.event.v1 or "
                                        + "stagecoach.usage.ping.v1)"),
                        reason -> assertThat(reason).endsWith("(expected: a CloudEvent of version 1.0 in JSON)"));
        assertThat(quarantine.records(one -> Topic.text(one).equals(nameless))).hasSize(1);
    }

    @Test
    void refusesAnUnknownKey() {
        assertThat(caller.postWith(
                                "/v1/events",
                                json(event("x", "{}")).getBytes(StandardCharsets.UTF_8),
                                "Authorization",
                                Caller.basic("nobody"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void keepsTheOthersBesideANull() {
        // When
        Reply reply = caller.post(
                "/v1/events",
                EVERY_ACCOUNT,
                "[null," + json(event("ok", "{\"user\":\"u\",\"name\":\"search\"}")) + "]");
        // Then
        assertThat(reply.json().path("recorded").intValue()).as(reply.text()).isOne();
        assertThat(reply.json().path("rejected").findValuesAsText("reason"))
                .containsExactly("event: null (expected: a CloudEvent of version 1.0 in JSON)");
    }

    @Test
    void refusesAnEmptyListOfNobody() {
        assertThat(caller.post("/v1/events", "[]").status()).isEqualTo(401);
    }

    @Test
    void refusesAPingOfNobodyEvenWhenItSaysTooLittle() {
        assertThat(caller.post("/v1/events", json(ping("x", "{}"))).status()).isEqualTo(401);
        assertThat(caller.post("/v1/events", "[" + json(ping("x", "{}")) + "]").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "{", "[{}", "{}x"})
    void refusesWhatIsNoCloudEvent(String body) {
        assertThat(caller.post("/v1/events", EVERY_ACCOUNT, body).status()).isEqualTo(400);
    }

    @Test
    void saysWhichHeadersABinaryOneNeeds() {
        // When
        Reply reply = caller.postWith(
                "/v1/events",
                "{}".getBytes(StandardCharsets.UTF_8),
                "Authorization",
                Caller.basic(EVERY_ACCOUNT),
                "ce-specversion",
                "1.0");
        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").textValue())
                .endsWith("(expected: ce-specversion, ce-id, ce-source and ce-type)");
    }

    private CloudEvent event(String id, String data) {
        return carrying("stagecoach.usage.event.v1", id, data);
    }

    private CloudEvent ping(String id, String data) {
        return carrying("stagecoach.usage.ping.v1", id, data);
    }

    private CloudEvent carrying(String type, String id, String data) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("https://app.example.com"))
                .withType(type)
                .withSubject(account)
                .withTime(NOON)
                .withData("application/json", data.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static String json(CloudEvent event) {
        return new String(new JsonFormat().serialize(event), StandardCharsets.UTF_8);
    }

    private Reply send(CloudEvent event, boolean binary) {
        List<String> headers = new ArrayList<>(List.of("Authorization", Caller.basic(EVERY_ACCOUNT)));
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        MessageWriter<?, ?> writer =
                HttpMessageFactory.createWriter((name, value) -> headers.addAll(List.of(name, value)), body::set);
        if (binary) {
            writer.writeBinary(event);
        } else {
            writer.writeStructured(event, new JsonFormat());
        }
        return caller.postWith("/v1/events", body.get(), headers.toArray(String[]::new));
    }
}
