package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.event;
import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Stage;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What others wrote, on the pages that list it; those of an account have tests of their own. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class EverythingStaysTextTest {
    private static final String MARKUP = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'";
    private static final String ESCAPED =
            "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src=x onerror=alert(2)&gt;&#39;";

    @InjectPlatform
    Platform platform;

    @Test
    void whatOthersWroteStaysText() {
        // Given
        Bench bench = new Bench(platform, "alerts");
        Instant noon = Instant.parse("2025-08-20T12:00:00Z");
        bench.send(
                facts("written", "written " + MARKUP, 100, false),
                stageChanged("written", null, Stage.ONBOARDING),
                event(
                        "written",
                        noon,
                        EventType.MESSAGE_SUPPRESSED,
                        new MessageOutcome(
                                "written", "c" + MARKUP, "o", "day-0", "c-1", null, noon, "because " + MARKUP)));
        bench.awaitAlerts("written", 1);
        bench.awaitRest(KafkaInputs.TOPICS);

        for (String page : new String[] {"/?q=written", "/alerts?account=written", "/outreach"}) {
            // When
            String shown = given().get(page).asString();

            // Then
            assertThat(shown).as(page).contains(ESCAPED).doesNotContain("<script>alert", "<img src=x");
        }
    }

    @Test
    void whatPeopleAreCalledStaysText() {
        String refused = given().accept(ContentType.HTML)
                .header(RoleHeader.NAME, "viewer")
                .header(RoleHeader.PERSON, MARKUP)
                .get("/system")
                .asString();

        assertThat(refused).contains(ESCAPED).doesNotContain("<script>alert", "<img src=x");
    }

    /** Qute escapes what nobody tells it not to. */
    @Test
    void noPageSaysThatSomethingIsMarkup() throws IOException {
        try (var templates = Files.walk(Path.of("src/main/resources/templates"))) {
            assertThat(templates.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(template ->
                            assertThat(Files.readString(template)).doesNotContain(".raw", ".safe", "rawString"));
        }
    }
}
