package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.stagecoach.events.Stage;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.SignedToken;
import dev.stagecoach.testing.api.AccessTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see and do what: over REST with tokens of a sign-in server, on the pages as whoever is signed in. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class WhoMayWhatTest {
    private static final AccessTable TABLE = AccessTable.parse("""
            GET  /v1/alerts                                    viewer
            GET  /v1/alerts/stream                             viewer
            GET  /v1/alerts/{id}                               viewer
            GET  /v1/accounts/{id}/timeline                    viewer
            GET  /v1/digests                                   viewer
            POST /v1/alerts/{id}/acknowledge                   success
            POST /v1/alerts/{id}/snooze                        success
            POST /v1/alerts/{id}/assign                        success
            POST /v1/alerts/{id}/comments                      success
            POST /v1/alerts/{id}/reopen                        success
            GET  /v1/webhooks                                  operator
            GET  /v1/webhooks/{name}/deliveries                operator
            POST /v1/webhooks/{name}/deliveries/{id}/resend    operator
            POST /v1/webhooks/{name}/test                      operator
            POST /v1/webhooks/{name}/resume                    operator

            GET  /                                             viewer
            GET  /portfolio.csv                                viewer
            GET  /accounts/{id}                                viewer
            GET  /accounts/{id}/records/{record}               viewer
            GET  /accounts/{id}/series.json                    viewer
            GET  /alerts                                       viewer
            GET  /alerts/stream                                viewer
            GET  /outreach                                     viewer
            GET  /outreach/{campaign}                          viewer
            GET  /outreach/mails                               viewer
            GET  /outreach/mails/{id}                          viewer
            GET  /outreach/{campaign}/audience                 success
            GET  /outreach/preview                             success
            GET  /outreach/preview/mail                        success
            POST /outreach/approvals                           success
            POST /outreach/mails/{id}/resolve                  success
            POST /outreach/preview/test                        success
            POST /alerts/{id}/acknowledge                      success
            POST /alerts/{id}/snooze                           success
            POST /alerts/{id}/assign                           success
            POST /alerts/{id}/comments                         success
            POST /alerts/{id}/reopen                           success
            GET  /system                                       operator
            GET  /system/instances                             operator

            GET  /sign-in                                      viewer
            GET  /sign-out                                     viewer
            GET  /signed-out                                   public
            """);

    @InjectPlatform
    Platform platform;

    @TestHTTPResource("/")
    URI service;

    @Test
    void everyRouteAsksForItsRole() {
        TABLE.check(service, "dev.stagecoach.alerts", WhoMayWhatTest::headers);
    }

    private static Map<String, String> headers(String who) {
        // Whoever comes through a proxy is not signed in for being on this machine.
        return who.equals("nobody")
                ? Map.of("Via", "1.1 proxy", "Sec-Fetch-Site", "same-origin")
                : Map.of(
                        "Authorization",
                        "Bearer " + SignedToken.of("ana", who).serialized(),
                        RoleHeader.NAME,
                        who,
                        "Sec-Fetch-Site",
                        "same-origin");
    }

    @Test
    void whatIsRefusedOnAPageIsSaidOnAPage() {
        given().accept(ContentType.HTML)
                .header(RoleHeader.NAME, "viewer")
                .get("/system")
                .then()
                .statusCode(403)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("script-src 'self'"))
                .body(
                        containsString(
                                "You are signed in as viewer@team.example.com; this needs the role operator; who asks has the role viewer"));
        given().accept(ContentType.HTML)
                .header(RoleHeader.NAME, "viewer")
                .header("Sec-Fetch-Site", "same-origin")
                .post("/alerts/any/acknowledge")
                .then()
                .statusCode(403)
                .body(containsString("this needs the role success"));
    }

    @Test
    void aViewerSeesAlertsWithoutWhatActsOnThem() {
        // Given
        Bench bench = new Bench(platform, "alerts");
        bench.send(facts("seen", "Seen", 100, false), stageChanged("seen", null, Stage.ONBOARDING));
        bench.awaitAlerts("seen", 1);

        // When
        for (String page : new String[] {"/alerts?account=seen", "/accounts/seen"}) {
            String viewed = given().header(RoleHeader.NAME, "viewer").get(page).asString();
            String acted = given().header(RoleHeader.NAME, "success").get(page).asString();

            // Then
            assertThat(viewed)
                    .contains("viewer@team.example.com", "/sign-out")
                    .doesNotContain("<form action=\"/alerts/", "href=\"/system\"", "everybody on this machine");
            assertThat(acted).contains("<form action=\"/alerts/").doesNotContain("href=\"/system\"");
        }
    }

    @Test
    void aLocalStackSaysAsWhomEverybodyIsSignedIn() {
        given().get("/alerts")
                .then()
                .statusCode(200)
                .body(containsString("ana@team.example.com"))
                .body(containsString("it signs everybody on this machine in as ana@team.example.com"))
                .body(containsString("href=\"/system\""))
                .body(not(containsString("/sign-out")));
    }

    /** A page of another site can have its name mean this machine, and a proxy passes on whoever comes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evil.example.com     | ",
                "evil.example.com:80  | ",
                "localhost.evil.example.com | ",
                "127.0.0.1.evil.example.com | ",
                "localhost            | Origin: http://evil.example.com",
                "localhost            | Origin: null",
                "localhost            | X-Forwarded-For: 203.0.113.9",
                "localhost            | Forwarded: for=203.0.113.9",
                "127.0.0.1            | X-Real-IP: 127.0.0.1",
                "[::1]                | Via: 1.1 proxy"
            })
    void whoeverIsNotOnThisMachineIsNotTheLocalUser(String host, String header) {
        assertThat(plainly(host, header == null ? "Accept: text/html" : header + "\r\nAccept: text/html"))
                .startsWith("HTTP/1.1 401")
                .contains("whoever is on its own machine, and nobody else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8080"})
    void whoeverIsOnThisMachineIsTheLocalUser(String host) {
        assertThat(plainly(host, "Accept: text/html")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aProxyThatSaysNothingOfItselfIsNotTheLocalUser() {
        assertThat(plainly("GET /alerts HTTP/1.0\r\nHost: localhost")).contains(" 401 ");
    }

    @Test
    void theTokensOfThisMachineOpenNothingUnderAnotherName() {
        String asked = "GET /v1/alerts HTTP/1.1\r\nAuthorization: Bearer test-token\r\nConnection: close\r\nHost: ";

        assertThat(plainly(asked + "localhost")).startsWith("HTTP/1.1 200");
        assertThat(plainly(asked + "evil.example.com")).startsWith("HTTP/1.1 401");
    }

    private String plainly(String host, String headers) {
        return plainly("GET /alerts HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers);
    }

    /** What no HTTP client lets one send. */
    private String plainly(String request) {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFormOfAnotherSiteDoesNothing() {
        // Given
        Bench bench = new Bench(platform, "alerts");
        bench.send(facts("forged", "Forged", 100, false), stageChanged("forged", null, Stage.ONBOARDING));
        bench.awaitAlerts("forged", 1);
        String id = given().header("Authorization", "Bearer test-token")
                .get("/v1/alerts?account=forged")
                .path("alerts[0].id");

        // When
        for (String site : new String[] {"cross-site", "same-site"}) {
            given().header("Sec-Fetch-Site", site)
                    .header("Origin", "https://evil.example.com")
                    .post("/alerts/" + id + "/acknowledge")
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("detail", containsString("nothing was done"));
        }
        given().post("/alerts/" + id + "/acknowledge").then().statusCode(403);
        given().header("Sec-Fetch-Site", "cross-site").get("/sign-out").then().statusCode(403);

        // Then
        assertThat(bench.count("select count(*) from alert_act where alert = '" + id + "'"))
                .isZero();
    }

    @Test
    void peopleActInTheirOwnNameAndProgramsInThatOfOthers() {
        // Given
        Bench bench = new Bench(platform, "alerts");
        bench.send(facts("own", "Own", 100, false), stageChanged("own", null, Stage.ONBOARDING));
        bench.awaitAlerts("own", 1);
        String id = given().header("Authorization", "Bearer test-token")
                .get("/v1/alerts?account=own")
                .path("alerts[0].id");
        String comments = "/v1/alerts/" + id + "/comments";
        String ana = SignedToken.of("ana", "success").serialized();

        // When
        given().auth()
                .oauth2(ana)
                .contentType(ContentType.JSON)
                .body("{\"comment\": \"mine\"}")
                .post(comments)
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(ana)
                .contentType(ContentType.JSON)
                .body("{\"author\": \"ben\", \"comment\": \"his\"}")
                .post(comments)
                .then()
                .statusCode(403)
                .body("detail", containsString("author: ben (expected: ana"));
        given().auth()
                .oauth2(SignedToken.of("crm", "success", "program").serialized())
                .contentType(ContentType.JSON)
                .body("{\"author\": \"ben\", \"comment\": \"his\"}")
                .post(comments)
                .then()
                .statusCode(200);

        // Then
        given().auth().oauth2(ana).get("/v1/alerts/" + id).then().body("acts.author", contains("ana", "ben"));
    }
}
