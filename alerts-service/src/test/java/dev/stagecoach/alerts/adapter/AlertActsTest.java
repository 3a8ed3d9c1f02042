package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.factsOf;
import static dev.stagecoach.alerts.Fixtures.healthOf;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static dev.stagecoach.alerts.Fixtures.tick;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Stage;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with alerts, and the weekly digest: in the service that {@link AlertsServiceTest} looks at. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class AlertActsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @InjectPlatform
    Platform platform;

    private Bench bench;

    @BeforeEach
    void connect() {
        bench = new Bench(platform, "alerts");
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer test-token").contentType(ContentType.JSON);
    }

    private static ValidatableResponse act(String alert, String act, String body) {
        return api().body(body.replace('\'', '"'))
                .post("/v1/alerts/" + alert + "/" + act)
                .then();
    }

    /** The id of the newest alert of an account that has so many. */
    private String newest(String account, int alerts) {
        bench.awaitAlerts(account, alerts);
        return api().get("/v1/alerts?account=" + account).path("alerts[0].id");
    }

    @Test
    void anAcknowledgedAlertComesBackOnlyWhenItIsWorse() {
        // Given
        bench.send(healthOf("ack", HealthLevel.HEALTHY, HealthLevel.CONCERNING));
        String first = newest("ack", 1);
        act(first, "acknowledge", "{'author': 'ana', 'comment': 'I call them'}")
                .statusCode(200)
                .body("alert.state", equalTo("acknowledged"));

        // When
        bench.send(healthOf("ack", HealthLevel.UNKNOWN, HealthLevel.CONCERNING));
        bench.awaitAlerts("ack", 2);
        bench.send(healthOf("ack", HealthLevel.CONCERNING, HealthLevel.POOR));
        bench.awaitAlerts("ack", 3);

        // Then
        api().get("/v1/alerts?account=ack")
                .then()
                .body("alerts.state", contains("open", "acknowledged", "acknowledged"));
        api().get("/v1/alerts?account=ack&state=open").then().body("alerts.facts.to", contains("poor"));
        bench.awaitCount(
                "select count(*) from delivery d join alert a on a.id = d.alert where account = 'ack' and d.state = 'sent'",
                2);
        assertThat(SlackStandIn.postsWith("ack's health is concerning")).hasSize(1);
        assertThat(SlackStandIn.postsWith("ack's health is poor")).hasSize(1);
    }

    @Test
    void whatWasDoneStandsBesideTheAlert() {
        // Given
        bench.send(stageChanged("deeds", null, Stage.ONBOARDING));
        String alert = newest("deeds", 1);

        // When
        act(alert, "assign", "{'author': 'ana', 'assignee': 'ben'}").statusCode(200);
        act(alert, "comments", "{'author': 'ben', 'comment': '<b>called</b>'}").statusCode(200);
        act(alert, "acknowledge", "{'author': 'ben'}").statusCode(200);
        act(alert, "acknowledge", "{'author': 'ben'}").statusCode(200);
        act(alert, "reopen", "{'author': 'ana'}").statusCode(200);

        // Then
        api().get("/v1/alerts/" + alert)
                .then()
                .statusCode(200)
                .body("alert.id", equalTo(alert))
                .body("alert.state", equalTo("open"))
                .body("alert.assignee", equalTo("ben"))
                .body("acts.act", contains("assign", "comment", "acknowledge", "reopen"))
                .body("acts.author", contains("ana", "ben", "ben", "ana"))
                .body("acts[1].comment", equalTo("<b>called</b>"));
        api().get("/v1/alerts?assignee=ben").then().body("alerts.id", contains(alert));
        act(alert, "assign", "{'author': 'ana', 'assignee': null}").body("alert.assignee", nullValue());
    }

    @Test
    void aSnoozedAlertIsOpenAgainWhenItsTimeHasCome() {
        // Given
        bench.send(stageChanged("snooze", null, Stage.ONBOARDING));
        String alert = newest("snooze", 1);
        Instant until = now().plusSeconds(60);
        act(alert, "snooze", "{'author': 'ana', 'until': '" + until + "'}")
                .statusCode(200)
                .body("alert.state", equalTo("snoozed"))
                .body("alert.snoozedUntil", equalTo(until.toString()));

        // When
        bench.send(List.of(EventCodec.toRecord(tick(until.toString()), 0)));

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> api().get("/v1/alerts/" + alert)
                        .then()
                        .body("alert.state", equalTo("open"))
                        .body("acts.act", contains("snooze", "wake")));
    }

    /** The time of the service, which goes by ticks: those that other tests sent, and one at least. */
    private Instant now() {
        bench.send(List.of(EventCodec.toRecord(tick("2025-03-17T07:00:00Z"), 0)));
        bench.awaitCount("select count(*) from clock", 1);
        return Instant.ofEpochSecond(bench.count("select extract(epoch from at)::bigint from clock"));
    }

    @Test
    void everybodyWhoLooksIsToldWhatWasDone() throws Exception {
        // Given
        bench.send(stageChanged("watched", null, Stage.ONBOARDING), stageChanged("other", null, Stage.ONBOARDING));
        String alert = newest("watched", 1);
        String other = newest("other", 1);
        List<String> told = listen("/v1/alerts/stream?account=watched");

        // When
        act(other, "acknowledge", "{'author': 'ana'}").statusCode(200);
        act(alert, "acknowledge", "{'author': 'ana'}").statusCode(200);

        // Then
        await().atMost(PATIENCE).until(() -> told.contains("event:acted"));
        await().atMost(PATIENCE)
                .until(() -> told.stream().anyMatch(line -> line.contains("\"state\":\"acknowledged\"")));
        assertThat(told).noneMatch(line -> line.contains(other));
    }

    private static List<String> listen(String path) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer test-token")
                .build();
        HttpResponse<Stream<String>> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
        Thread reader = new Thread(() -> response.body().forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
        await().atMost(PATIENCE).until(() -> !lines.isEmpty());
        return lines;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acknowledge | {}                                     | author: missing (expected: who does this, ana@team.example.com)",
                "acknowledge | {\"author\": \" \"}                    | author: empty",
                "acknowledge | {\"author\": 7}                        | author: 7 (expected: a text)",
                "acknowledge | {\"author\": \"ana\", \"who\": \"b\"}  | who: unknown (expected one of: author, comment)",
                "acknowledge | []                                     | the body is no object (expected: one with author, comment)",
                "acknowledge | {                                      | the body is no JSON (expected: an object with author, comment)",
                "assign      | {\"author\": \"ana\"}                  | assignee: missing (expected: a name, or null for nobody)",
                "comments    | {\"author\": \"ana\"}                  | comment: missing (expected: what there is to say)",
                "snooze      | {\"author\": \"ana\", \"until\": \"tomorrow\"} | until: tomorrow (expected: an instant, 2027-03-01T08:00:00Z)"
            },
            quoteCharacter = '`')
    void saysWhatIsWrongWithAnAct(String act, String body, String detail) {
        api().body(body)
                .post("/v1/alerts/any/" + act)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo(detail));
    }

    @Test
    void refusesASnoozeThatIsOverAndAnAlertThatIsNotThere() {
        // Given
        bench.send(stageChanged("past", null, Stage.ONBOARDING));
        String alert = newest("past", 1);

        // Then
        act(alert, "snooze", "{'author': 'ana', 'until': '2020-01-01T00:00:00Z'}")
                .statusCode(400)
                .body("detail", startsWith("until: 2020-01-01T00:00:00Z (expected: after "));
        act("nowhere", "acknowledge", "{'author': 'ana'}")
                .statusCode(404)
                .body("detail", equalTo("there is no alert with the id nowhere"));
        api().get("/v1/alerts?state=lost").then().statusCode(400);
        given().contentType("application/json")
                .body("{\"author\": \"ana\"}")
                .post("/v1/alerts/any/acknowledge")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/alerts?account=a%00b",
                "/v1/alerts?assignee=a%00b",
                "/v1/alerts?after=MjAyNS0wMS0wMVQwMDowMDowMFp-AA",
                "/v1/alerts/a%00b",
                "/v1/accounts/a%00b/timeline",
                "/v1/digests?owner=a%00b"
            })
    void whatNoTextCanHoldIsAMistakeOfTheCaller(String path) {
        api().urlEncodingEnabled(false).get(path).then().statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acknowledge | {'author': 'a\\u0000'}",
                "comments | {'author': 'ana', 'comment': 'a\\u0000'}",
                "assign | {'author': 'ana', 'assignee': '\\u0000b'}"
            },
            quoteCharacter = '`')
    void whatNoTextCanHoldIsNotSaidOfAnAlert(String act, String body) {
        // Given
        bench.send(stageChanged("unsayable-" + act, null, Stage.ONBOARDING));
        String alert = newest("unsayable-" + act, 1);

        // When
        act(alert, act, body)
                // Then
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void anOwnerIsToldOfTheWeekOnce() {
        // Given
        Event<?>[] events = {
            factsOf("weekly", "dora", "lee", "2025-03-14T17:00:00Z"),
            stageChanged("weekly", Stage.ONBOARDING, Stage.ADOPTING, Instant.parse("2025-03-15T17:00:00Z"))
        };
        bench.send(events);
        bench.awaitAlerts("weekly", 1);
        bench.awaitCount("select count(*) from digest_owner where owner = 'dora'", 1);

        // When
        var monday = EventCodec.toRecord(tick("2025-03-17T08:00:00Z"), 0);
        bench.send(List.of(monday, monday));

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> api().get("/v1/digests?owner=dora")
                        .then()
                        .statusCode(200)
                        .body("date", hasItem("2025-03-17")));
        api().get("/v1/digests?owner=dora")
                .then()
                .body("findAll { it.date == '2025-03-17' }.size()", equalTo(1))
                .body("find { it.date == '2025-03-17' }.sections[0].name", equalTo("stages"))
                .body("find { it.date == '2025-03-17' }.sections[0].lines.account", contains("weekly"));
    }
}
