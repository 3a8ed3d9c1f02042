package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagecoach.alerts.act.AlertState;
import dev.stagecoach.alerts.adapter.ReceiverStandIn.Hook;
import dev.stagecoach.alerts.digest.Digest;
import dev.stagecoach.alerts.history.EntryKind;
import dev.stagecoach.alerts.policy.AlertKind;
import dev.stagecoach.events.Stage;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.api.OpenApiDocument;
import dev.stagecoach.testing.api.OpenApiExamples;
import dev.stagecoach.testing.api.OpenApiExamples.Documented;
import dev.stagecoach.testing.api.OpenApiRecords;
import dev.stagecoach.testing.api.OpenApiRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service is as its OpenAPI document says. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class OpenApiTest {
    private static final String ROOT = "dev.stagecoach.alerts";
    private static final String TOKEN = "test-token";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OpenApiDocument document = OpenApiDocument.ofService();

    @InjectPlatform
    Platform platform;

    @TestHTTPResource
    URI address;

    @Inject
    ObjectMapper mapper;

    private final ScheduledExecutorService chatter = Executors.newSingleThreadScheduledExecutor();
    private Bench bench;

    @BeforeEach
    void connect() {
        bench = new Bench(platform, "alerts");
    }

    @AfterEach
    void quiet() {
        chatter.shutdownNow();
    }

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
                        .named("Alert", StoredAlert.class)
                        .named("Act", PastAct.class)
                        .named("Timeline", TimelineResource.TimelinePage.class)
                        .named("TimelineEntry", TimelineResource.StoredEntry.class)
                        .named("Webhook", StoredWebhook.class)
                        .named("WebhookDelivery", StoredDelivery.class)
                        .named("WebhookDeliveryPage", StoredDelivery.Page.class)
                        .named("WebhookAttempt", StoredDelivery.StoredAttempt.class)
                        .named("Digest", Digest.class)
                        .named("DigestSection", Digest.Section.class)
                        .named("DigestLine", Digest.Line.class)
                        .without("AlertKind", "AlertState", "EntryKind", "DeliveryState")
                        // Read field by field.
                        .without("ActByAuthor", "Snooze", "Assignment", "Comment")
                        .without("Accepted", "AlertEvent", "AlertMessage", "TestData")
                        .differences(document))
                .isEmpty();
    }

    @Test
    void everyNameIsInTheDocument() {
        assertThat(names("AlertKind"))
                .containsExactlyElementsOf(
                        Stream.of(AlertKind.values()).map(AlertKind::wireName).toList());
        assertThat(names("AlertState"))
                .containsExactlyElementsOf(
                        Stream.of(AlertState.values()).map(AlertState::wireName).toList());
        assertThat(names("EntryKind"))
                .containsExactlyElementsOf(
                        Stream.of(EntryKind.values()).map(EntryKind::wireName).toList());
    }

    private Stream<String> names(String schema) {
        JsonNode names = document.json().at("/components/schemas/" + schema + "/enum");
        return names.valueStream().map(JsonNode::textValue);
    }

    @Test
    void aWebhookIsSentWhatTheDocumentSays() {
        // When
        bench.send(facts("told", "Told Ltd", 10, false), stageChanged("told", Stage.RENEWING, Stage.CHURNED));

        // Then
        Hook hook = await().atMost(PATIENCE)
                .until(OpenApiTest::hookOfTold, Optional::isPresent)
                .orElseThrow();
        assertThat(document.violations("AlertMessage", hook.body())).isEmpty();
    }

    private static Optional<Hook> hookOfTold() {
        return PlatformWithSlack.RECEIVER.all().stream()
                .filter(hook -> hook.body().at("/data/account").asText().equals("told"))
                .findFirst();
    }

    @Test
    void everyExampleIsAnsweredAsTheDocumentSays() {
        // Given
        bench.send(
                facts("acme", "Acme", 250, false),
                stageChanged("acme", null, Stage.ADOPTING),
                stageChanged("acme", Stage.ADOPTING, Stage.CHURNED));
        bench.awaitAlerts("acme", 3);
        List<String> alerts =
                api().get("/v1/alerts?account=acme&kind=stage-changed").path("alerts.id");
        String newest = alerts.get(0);
        String oldest = alerts.get(1);
        Future<?> comments = chatter.scheduleWithFixedDelay(() -> comment(newest), 0, 200, TimeUnit.MILLISECONDS);

        // When
        List<String> failures = OpenApiExamples.of(document, address)
                .bearer("bearer", TOKEN)
                .value("alert", alert -> alert.value().equals("nowhere") ? alert.value() : newest)
                .value("Last-Event-ID", last -> oldest)
                .value("webhook", this::webhook)
                .value("delivery", delivery -> delivery.value().equals("17") ? delivery() : delivery.value())
                .failures();

        // Then
        assertThat(failures).isEmpty();
        assertThat(comments).isNotDone();
    }

    private String webhook(Documented webhook) {
        String state = webhook.example().equals("parked") ? "parked" : "open";
        bench.execute("update webhook_endpoint set state = '" + state + "'");
        return webhook.value();
    }

    private static String delivery() {
        return api().get("/v1/webhooks/crm/deliveries").path("deliveries[0].id").toString();
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer " + TOKEN).contentType(ContentType.JSON);
    }

    /** All the time, so that whoever listens to the stream hears something. */
    private static void comment(String alert) {
        api().body("{\"author\": \"ana\", \"comment\": \"still on it\"}").post("/v1/alerts/" + alert + "/comments");
    }
}
