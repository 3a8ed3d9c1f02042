package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.testing.StagecoachPlatform;
import dev.stagecoach.testing.api.OpenApiDocument;
import dev.stagecoach.testing.api.OpenApiExamples;
import dev.stagecoach.testing.api.OpenApiRecords;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The service is as its OpenAPI document says. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka"),
        restrictToAnnotatedClass = true)
class OpenApiTest {
    private static final String ROOT = "dev.stagecoach.ingest";

    private final OpenApiDocument document = OpenApiDocument.ofService();

    @TestHTTPResource
    URI address;

    @Inject
    Router router;

    @Test
    void theDocumentIsCompleteAndHandedOutAsItIs() {
        assertThat(document.mistakes()).isEmpty();
        assertThat(OpenApiDocument.servedBy(address)).isEqualTo(document);
    }

    @Test
    void everyRouteIsInTheDocument() {
        // Given
        Set<String> served = router.getRoutes().stream()
                .filter(route -> route.methods() != null && route.methods().contains(HttpMethod.POST))
                .map(Route::getPath)
                .filter(path -> path != null && !path.endsWith("/") && !path.startsWith("/q"))
                .map(path -> "POST " + path)
                .collect(Collectors.toSet());
        // Then
        assertThat(document.titles()).isEqualTo(served);
    }

    @Test
    void everyAnswerHasTheFieldsOfTheCode() {
        assertThat(OpenApiRecords.of(EventCodec.json(), ROOT)
                        // What is sent is read token by token.
                        .without("Event", "Batch", "CloudEvent", "Ping", "Count", "UpdateCheck", "Periods")
                        .differences(document))
                .isEmpty();
    }

    @Test
    void everyExampleIsAnsweredAsTheDocumentSays() {
        // Given
        await().until(() -> new Caller(address.getPort()).get("/q/health/ready").status() == 200);

        // When
        var failures = OpenApiExamples.of(document, address)
                .basic("writeKey", "local")
                .anonymous("key-in-the-body")
                .anonymous("key-in-the-check")
                .anonymous("somebody-elses")
                .value("writeKey", documented -> "key-of-harbor")
                .value("LicenseKey", documented -> "key-of-harbor")
                .failures();

        // Then
        assertThat(failures).isEmpty();
    }
}
