package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.event;
import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.stagecoach.alerts.adapter.OutreachPage.Doubt;
import dev.stagecoach.alerts.adapter.OutreachPage.Scores;
import dev.stagecoach.alerts.adapter.OutreachPage.Told;
import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Stage;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages beside the portfolio, told over Kafka. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class ConsolePagesTest {
    private static final Instant NOON = Instant.parse("2025-08-20T12:00:00Z");

    @InjectPlatform
    Platform platform;

    @Inject
    JdbcOutreach outreach;

    @Inject
    JpaAlertGroups groups;

    private Bench bench;

    @BeforeEach
    void connect() {
        bench = new Bench(platform, "alerts");
    }

    private static Event<MessageOutcome> mail(
            EventType type, String campaign, String contact, int hour, @Nullable String reason) {
        Instant at = NOON.plusSeconds(3600L * hour);
        return event(
                "o-mails",
                at,
                type,
                new MessageOutcome("o-mails", campaign, "o-1", "day-0", contact, null, at, reason));
    }

    private static Event<ContactResponse> answer(String campaign, String contact, int hour, int score) {
        Instant at = NOON.plusSeconds(3600L * hour);
        return event(
                "o-mails",
                at,
                EventType.SURVEY_ANSWERED,
                new ContactResponse("o-mails", contact, campaign, "o-1", at, score, null, null));
    }

    @Test
    void tellsWhatBecameOfTheMailsOfACampaign() {
        // When
        bench.send(
                mail(EventType.MESSAGE_SENT, "o-check-in", "c-1", 0, null),
                mail(EventType.MESSAGE_SENT, "o-check-in", "c-2", 0, null),
                mail(EventType.MESSAGE_BOUNCED, "o-check-in", "c-2", 1, "550 unknown user"),
                mail(EventType.MESSAGE_SENT, "o-check-in", "c-3", 0, null),
                mail(EventType.MESSAGE_SUPPRESSED, "o-check-in", "c-4", 0, "o-unsubscribed"),
                mail(EventType.MESSAGE_SENT, "o-quiet", "c-1", 0, null),
                answer("o-check-in", "c-1", 2, 3),
                answer("o-check-in", "c-1", 3, 9),
                answer("o-check-in", "c-2", 3, 6),
                answer("o-check-in", "c-3", 3, 10));
        bench.awaitRest(KafkaInputs.TOPICS);

        // Then
        JdbcOutreach.ByTopics page = outreach.read();
        assertThat(page.campaigns())
                .contains(
                        new Told("o-check-in", 3, 1, 1, 0, 0, new Scores(3, 2, 1)),
                        new Told("o-quiet", 1, 0, 0, 0, 0, Scores.NONE));
        assertThat(page.campaigns())
                .filteredOn(campaign -> List.of("o-check-in", "o-quiet").contains(campaign.name()))
                .extracting(campaign -> campaign.scores().netPromoterScore())
                .containsExactly(33L, null);
        assertThat(page.reasons()).contains(new OutreachPage.Reason("o-unsubscribed", 1));
        given().get("/outreach").then().statusCode(200).body(containsString("O check in"));
    }

    @Test
    void aMailIsInDoubtUntilMoreIsToldOfIt() {
        // When
        bench.send(
                mail(EventType.MESSAGE_UNKNOWN, "o-doubt", "c-open", 0, "no reply after DATA"),
                mail(EventType.MESSAGE_UNKNOWN, "o-doubt", "c-ended", 0, "no reply after DATA"),
                mail(EventType.MESSAGE_SENT, "o-doubt", "c-ended", 1, null));
        bench.awaitRest(KafkaInputs.TOPICS);

        // Then
        assertThat(outreach.read().doubts())
                .filteredOn(doubt -> doubt.title().contains("o doubt"))
                .extracting(Doubt::title)
                .containsExactly("Mail in doubt to contact c-open: o doubt, day 0");
    }

    @Test
    void alertsAreGroupedByAccountWithTheNewestFirst() {
        // When
        bench.send(
                facts("g-one", "Group One", 100, false),
                stageChanged("g-one", null, Stage.ONBOARDING),
                facts("g-two", "Group Two", 100, false),
                stageChanged("g-two", null, Stage.ONBOARDING),
                stageChanged("g-one", Stage.ONBOARDING, Stage.ADOPTING));
        bench.awaitAlerts("g-one", 2);
        bench.awaitAlerts("g-two", 1);

        // Then
        List<AlertGroup> found =
                groups.show(AlertFilter.of("g-one", null), Optional.empty()).groups();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).name()).isEqualTo("Group One");
        assertThat(found.get(0).stage()).isEqualTo("Adopting");
        assertThat(found.get(0).alerts()).hasSize(2);
        given().get("/alerts?account=g-one")
                .then()
                .statusCode(200)
                .body(containsString("Alerts of Group One"))
                .body(containsString("data-stream=\"/alerts/stream?account=g-one\""));
        given().get("/system").then().statusCode(200).body(containsString("lifecycle.stages"));
    }

    @Test
    void peopleActOnAnAlertByForms() {
        // Given
        bench.send(facts("g-act", "Group Act", 100, false), stageChanged("g-act", null, Stage.ONBOARDING));
        bench.awaitAlerts("g-act", 1);
        String id = groups.show(AlertFilter.of("g-act", null), Optional.empty())
                .groups()
                .get(0)
                .alerts()
                .get(0)
                .id();

        // When
        given().redirects()
                .follow(false)
                .header("Referer", "https://console.example/alerts?account=g-act")
                .header("Sec-Fetch-Site", "same-origin")
                .formParam("comment", "<b>seen</b>")
                .post("/alerts/" + id + "/acknowledge")
                .then()
                .statusCode(303)
                .header("Location", equalTo("/alerts?account=g-act#alert-" + id));

        // Then
        given().get("/alerts?account=g-act&state=acknowledged")
                .then()
                .body(containsString("data-state=\"acknowledged\""))
                .body(containsString("/alerts/" + id + "/reopen"))
                .body(containsString("<b>ana@team.example.com</b> acknowledged it"))
                .body(containsString("<blockquote>&lt;b&gt;seen&lt;/b&gt;</blockquote>"));
        given().get("/alerts?account=g-act&state=open").then().body(containsString("No such alert yet"));
        given().header("Sec-Fetch-Site", "same-origin")
                .formParam("days", "never")
                .post("/alerts/" + id + "/snooze")
                .then()
                .statusCode(400)
                .body("detail", containsString("days: never (expected: a whole number from 1 to 365)"));
        given().accept("text/html")
                .header("Sec-Fetch-Site", "same-origin")
                .post("/alerts/" + id + "/comments")
                .then()
                .statusCode(400)
                .contentType("text/html")
                .body(containsString("comment: missing"))
                .body(containsString("<a href=\"/\">Portfolio</a>"));
        given().header("Authorization", "Bearer test-token")
                .get("/v1/alerts/" + id)
                .then()
                .body("acts.author", contains("ana@team.example.com"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "?",
            value = {
                "https://console.example/alerts?kind=churn, /alerts?kind=churn",
                "https://console.example/accounts/acme, /accounts/acme",
                "https://console.example//evil.example/alerts, /alerts",
                "nonsense here, /alerts",
                "?, /alerts"
            })
    void aFormLeadsBackToItsPageAndNowhereElse(@Nullable String from, String back) {
        assertThat(AlertActsForms.back(from)).isEqualTo(back);
    }
}
