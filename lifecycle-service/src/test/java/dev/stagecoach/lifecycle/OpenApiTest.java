package dev.stagecoach.lifecycle;

import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Signal;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.health.HealthTrend;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.testing.api.OpenApiDocument;
import dev.stagecoach.testing.api.OpenApiExamples;
import dev.stagecoach.testing.api.OpenApiRecords;
import dev.stagecoach.testing.api.OpenApiRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The service is as its OpenAPI document says. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class OpenApiTest {
    private static final String ROOT = "dev.stagecoach.lifecycle";
    private static final int PARTITIONS = 3;

    private final OpenApiDocument document = OpenApiDocument.ofService();

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    @Inject
    ObjectMapper mapper;

    @Test
    void theDocumentIsCompleteAndHandedOutAsItIs() {
        assertThat(document.mistakes()).isEmpty();
        assertThat(OpenApiDocument.servedBy(address)).isEqualTo(document);
    }

    @Test
    void everyRouteIsInTheDocument() {
        assertThat(OpenApiRoutes.differences(document, ROOT)).isEmpty();
    }

    @Test
    void everyAnswerHasTheFieldsOfTheCode() {
        assertThat(OpenApiRecords.of(mapper, ROOT)
                        // What may be told is less than what is known.
                        .without("Account", "Contacts", "ContactToTell", "SignalsToTell", "Imported")
                        .named("SignalOfInteger", Signal.class)
                        .named("SignalOfPulse", Signal.class)
                        .named("SignalOfBoolean", Signal.class)
                        .named("SignalOfLocalDate", Signal.class)
                        .named("Day", HealthTrend.Day.class)
                        .differences(document))
                .isEmpty();
    }

    @Test
    void everyExampleIsAnsweredAsTheDocumentSays() {
        // Given
        LocalDate closed = Years.begin().withMonth(11);
        OpenApiDocument now = document.yearsLater(closed.getYear() - 2026);
        anAccountThatAdopts(closed);

        // When
        var failures = OpenApiExamples.of(now, address)
                .bearer("bearer", "test")
                .value("before", before -> before.example().equals("next-page") ? newestEntry() : before.value())
                .value("version", version -> version.example().equals("in-force") ? versionInForce() : version.value())
                .value("id", id -> switch (id.example()) {
                    case "unknown" -> id.value();
                    case "revoked" -> revoked(aWriteKey());
                    default -> aWriteKey();
                })
                .failures();

        // Then
        assertThat(failures).isEmpty();
    }

    private static String aWriteKey() {
        return api().body("{\"author\": \"dana\", \"name\": \"Acme\", \"scope\": {\"accounts\": [\"acme\"]}}")
                .post("/v1/write-keys")
                .path("details.id");
    }

    private static String revoked(String id) {
        api().delete("/v1/write-keys/" + id + "?author=dana").then().statusCode(200);
        return id;
    }

    /** Acme, as it is in the examples on the day that they take for today. */
    private void anAccountThatAdopts(LocalDate closed) {
        LocalDate today = closed.plusMonths(3).withDayOfMonth(10);
        try (KafkaProducer<String, byte[]> kafka = producer()) {
            tick(kafka, closed);
            api().body("{\"name\": \"Acme\", \"segment\": \"digital\", \"seats\": 40, \"contractClosedOn\": \"" + closed
                            + "\"}")
                    .put("/v1/accounts/acme")
                    .then()
                    .statusCode(201);
            ping(kafka, today.minusDays(10), ActiveUsers.of(9, 27));
            tick(kafka, today);
        }
        await().untilAsserted(() -> api().get("/v1/accounts/acme").then().body("stage", equalTo("Adopting")));
    }

    private static void tick(KafkaProducer<String, byte[]> kafka, LocalDate day) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String id = DecisionId.of("tick", day, partition);
            TimeTick tick = new TimeTick(tickOf(day));
            send(
                    kafka,
                    EventCodec.toRecord(
                            new Event<>(
                                    id, EventType.TIME_TICK, Topics.TIME_TICKS, "/test", null, tick.at(), null, tick),
                            partition));
        }
    }

    private static void ping(KafkaProducer<String, byte[]> kafka, LocalDate day, ActiveUsers users) {
        Instant at = tickOf(day).minusSeconds(5 * 3_600);
        UsagePing ping = new UsagePing("acme", "acme-production", true, "5.9.1", at, at, users, Map.of(), null);
        send(
                kafka,
                EventCodec.toRecord(Event.of("ping-of-acme", EventType.USAGE_PING, "/test", "acme", at, null, ping)));
    }

    private static void send(KafkaProducer<String, byte[]> kafka, ProducerRecord<String, byte[]> sent) {
        assertThat(kafka.send(sent)).succeedsWithin(Duration.ofSeconds(30));
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static String newestEntry() {
        return api().get("/v1/accounts/acme/history?limit=1").path("[0].id");
    }

    private static String versionInForce() {
        return api().get("/v1/policy").path("version");
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer test").contentType("application/json");
    }
}
