package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.Keycloak.Person;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who signs in at a real Keycloak, and what they see and may do then: on the pages of the console, and over REST. */
class SignInIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<Service, String> READ =
            Map.of(Service.LIFECYCLE, "/v1/accounts", Service.OUTREACH, "/v1/campaigns", Service.ALERTS, "/v1/alerts");

    /** Looks like one, and was signed by nobody. */
    private static final String SOME_TOKEN = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA";

    private static final String ALERTS = "/alerts?account=acme";

    @TempDir
    private static Path directory;

    private static SignInStack stack;
    private static ConsoleBrowser browser;
    private static String shortLived;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void startWithAnAlert() {
        stack = SignInStack.start(directory);
        browser = ConsoleBrowser.inFrontOf(stack.console());
        assertNobodyIsKnownYet();
        stack.startKeycloak();
        shortLived = stack.keycloak().shortLivedTokenOf(Person.OLGA);
        var today = LocalDate.now(ZoneOffset.UTC);
        var told = send(
                Service.LIFECYCLE,
                "PUT",
                "/v1/accounts/acme",
                stack.keycloak().tokenOf(Person.SAM),
                "{\"name\": \"Acme\", \"segment\": \"digital\", \"products\": [\"cody\"], \"seats\": 10, \"contractClosedOn\": \""
                        + today + "\", \"renewsOn\": \"" + today.plusYears(1) + "\"}");
        assertThat(told.statusCode()).as(told.body()).isEqualTo(201);
        await("an alert about acme")
                .atMost(PATIENCE)
                .until(() ->
                        !json(get("/v1/alerts?account=acme")).path("alerts").isEmpty());
    }

    /** Before the sign-in server is there, which the services find as soon as they can. */
    private static void assertNobodyIsKnownYet() {
        for (var service : List.of(Service.LIFECYCLE, Service.OUTREACH, Service.ALERTS)) {
            var answer = send(service, "GET", READ.get(service), SOME_TOKEN, null);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("the sign-in server cannot be reached");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(send(service, "GET", READ.get(service), null, null).statusCode())
                    .isEqualTo(401);
        }
        var page = browser.open("/");
        assertThat(page.locator("h1").textContent()).isEqualTo("The sign-in server cannot be reached");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @BeforeEach
    void asNobody() {
        browser.page().context().clearCookies();
        browser.complaints();
    }

    /** Whoever opens a page is led to the sign-in server, and from there to where they wanted. */
    private static void openAs(Person person, String path) {
        browser.open(path);
        assertThat(browser.page().url()).startsWith(stack.keycloak().issuer());
        browser.find("#username").fill(person.userName());
        browser.find("#password").fill(stack.keycloak().password());
        browser.find("#kc-login").click();
        browser.page().waitForURL(stack.console() + path);
    }

    @Test
    void aViewerSeesAccountsAndAlertsAndNoMore() {
        // When
        openAs(Person.VERA, ALERTS);

        // Then
        assertThat(browser.find("header .who").textContent()).contains("vera@team.example.com");
        assertThat(browser.find("li.alert").count()).isEqualTo(1);
        assertThat(browser.find("details.acts").count()).isZero();
        assertThat(browser.find("nav").textContent()).doesNotContain("System");
        assertThat(browser.open("/").locator("a.account").textContent()).isEqualTo("Acme");
        var refused = browser.page().navigate("/system");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(browser.find("main").textContent())
                .contains("vera@team.example.com", "this needs the role operator; who asks has the role viewer");
    }

    @Test
    void somebodyWithoutARoleSeesNothing() {
        // When
        openAs(Person.NORA, "/");

        // Then
        assertThat(browser.find("main").textContent()).contains("this needs the role viewer");
        assertThat(browser.page().content()).doesNotContain("Acme");
    }

    @Test
    void whoActsActsInTheOwnName() {
        // Given
        openAs(Person.SAM, ALERTS);

        // When
        browser.find("details.acts summary").click();
        browser.find("details.acts input[name=comment]").fill("I call them");
        browser.find("details.acts button:text-is('Comment')").click();
        browser.page().waitForURL(url -> url.contains("#alert-"));

        // Then
        var id = json(get("/v1/alerts?account=acme"))
                .path("alerts")
                .path(0)
                .path("id")
                .asText();
        var acts = json(get("/v1/alerts/" + id)).path("acts");
        assertThat(acts.findValuesAsText("author")).contains("sam@team.example.com");
        assertThat(acts.findValuesAsText("comment")).contains("I call them");
        assertThat(browser.page().navigate("/system").status()).isEqualTo(403);
    }

    @Test
    void anOperatorSeesTheSystem() {
        // When
        openAs(Person.OLGA, "/system");

        // Then
        assertThat(browser.find("h1").textContent()).isEqualTo("System");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void noScriptReadsTheSessionAndNoOtherSiteSendsIt() {
        // When
        openAs(Person.VERA, "/");

        // Then
        List<Cookie> session = browser.page().context().cookies(stack.console().toString()).stream()
                .filter(cookie -> cookie.name.startsWith("q_session"))
                .toList();
        assertThat(session).isNotEmpty().allSatisfy(cookie -> {
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
        });
        assertThat(browser.page().evaluate("document.cookie")).isEqualTo("");
    }

    /** The session is for pages: programs send a token. */
    @Test
    void theSessionOpensNoRestApiAndATokenNoPage() {
        // Given
        openAs(Person.OLGA, "/");

        // Then
        assertThat(browser.page().evaluate("() => fetch('/v1/alerts').then(answer => answer.status)"))
                .isEqualTo(401);
        assertThat(browser.page().evaluate("() => fetch('/v1;x/alerts').then(answer => answer.status)"))
                .isEqualTo(400);
        var page =
                send(Service.ALERTS, "GET", "/portfolio.csv", stack.keycloak().tokenOf(Person.OLGA), null);
        assertThat(page.statusCode()).isEqualTo(401);
    }

    @Test
    void whoSignsOutIsOutAtTheSignInServerToo() {
        // Given
        openAs(Person.VERA, ALERTS);

        // When
        browser.find("header .who a").click();

        // Then
        browser.page().waitForURL("**/signed-out*");
        assertThat(browser.find("h1").textContent()).isEqualTo("You are signed out");
        assertThat(browser.page().evaluate("() => fetch('/alerts/stream').then(answer => answer.status)"))
                .isEqualTo(401);
        browser.open("/");
        assertThat(browser.page().url()).startsWith(stack.keycloak().issuer());
        assertThat(browser.find("#password").isVisible()).isTrue();
    }

    /** Sessions are encrypted with it. The sign-in server still knows who it is, and sends them back with a new one. */
    @Test
    void anotherSecretOfTheConsoleAsksNobodyForAPassword() {
        // Given
        openAs(Person.VERA, ALERTS);

        // When
        stack.changeConsoleSecret();

        // Then
        browser.open(ALERTS);
        assertThat(browser.page().url()).isEqualTo(stack.console() + ALERTS);
        assertThat(browser.find("header .who").textContent()).contains("vera@team.example.com");
        assertThat(browser.find("li.alert").count()).isEqualTo(1);
        assertThat(stack.keycloak().tokenOfTheConsole()).isNotEmpty();
    }

    /** A form that is sent too late is lost, but not the place: the sign-in server still knows who it is. */
    @Test
    void whoIsNotSignedInAnyMoreIsLedBackToTheForm() {
        // Given
        openAs(Person.SAM, ALERTS);
        browser.find("details.acts summary").click();
        browser.page()
                .context()
                .clearCookies(new BrowserContext.ClearCookiesOptions().setName(Pattern.compile("q_session.*")));

        // When
        browser.find("details.acts button:text-is('Assign')").click();

        // Then
        browser.page().getByText("You are not signed in any more").waitFor();
        browser.page().getByText("Sign in and go back").click();
        browser.page().waitForURL(stack.console() + ALERTS);
    }

    @Test
    void aPageOfAnotherSiteMakesNobodyAct() {
        // Given
        openAs(Person.SAM, ALERTS);
        var id = json(get("/v1/alerts?account=acme"))
                .path("alerts")
                .path(0)
                .path("id")
                .asText();
        var forged = "<form method=post action='" + stack.console() + "/alerts/" + id
                + "/acknowledge'></form><script>document.forms[0].submit()</script>";
        browser.page()
                .context()
                .route(
                        "http://evil.example.com/",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody(forged)));

        // When
        var answer = browser.page()
                .waitForResponse(
                        response -> response.url().endsWith("/acknowledge"),
                        () -> browser.page().navigate("http://evil.example.com/"));

        // Then
        assertThat(answer.status()).isEqualTo(403);
        assertThat(json(get("/v1/alerts/" + id)).path("alert").path("state").asText())
                .isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LIFECYCLE | GET  | /v1/accounts                    | 200 | 200 | 200",
                "LIFECYCLE | PUT  | /v1/accounts/acme/signals       | 403 | 400 | 400",
                "LIFECYCLE | POST | /v1/accounts/import             | 403 | 403 | 400",
                "OUTREACH  | GET  | /v1/campaigns                   | 200 | 200 | 200",
                "OUTREACH  | POST | /v1/approvals/nothing/release   | 403 | 400 | 400",
                "OUTREACH  | POST | /v1/bounces                     | 403 | 403 | 400",
                "ALERTS    | GET  | /v1/alerts                      | 200 | 200 | 200",
                "ALERTS    | POST | /v1/alerts/nowhere/acknowledge  | 403 | 404 | 404",
                "ALERTS    | GET  | /v1/webhooks                    | 403 | 403 | 200"
            })
    void aTokenOpensWhatItsRolesOpen(
            Service service, String method, String path, int viewer, int success, int operator) {
        var body = method.equals("GET") ? null : "{}";
        var keycloak = stack.keycloak();

        assertThat(List.of(
                        send(service, method, path, null, body).statusCode(),
                        send(service, method, path, keycloak.tokenOf(Person.NORA), body)
                                .statusCode(),
                        send(service, method, path, keycloak.tokenOf(Person.VERA), body)
                                .statusCode(),
                        send(service, method, path, keycloak.tokenOf(Person.SAM), body)
                                .statusCode(),
                        send(service, method, path, keycloak.tokenOf(Person.OLGA), body)
                                .statusCode()))
                .isEqualTo(List.of(401, 403, viewer, success, operator));
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"LIFECYCLE", "OUTREACH", "ALERTS"})
    void aTokenIsRefusedThatIsNotForStagecoachOrNotOfItsRealmOrOverOrChanged(Service service) {
        var path = READ.get(service);
        var keycloak = stack.keycloak();
        var good = keycloak.tokenOf(Person.OLGA);
        assertThat(send(service, "GET", path, good, null).statusCode()).isEqualTo(200);

        assertRefused(send(service, "GET", path, keycloak.tokenForAnotherProgramOf(Person.OLGA), null));
        assertRefused(send(service, "GET", path, keycloak.tokenOfAnotherRealm(), null));
        assertRefused(send(service, "GET", path, unsigned(good), null));
        assertRefused(send(service, "GET", path, good.substring(0, good.lastIndexOf('.') + 1) + "AAAA", null));
        await("a token of a second's life is over")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertRefused(send(service, "GET", path, shortLived, null)));
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"stagecoach\", error=\"invalid_token\"");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    private static String unsigned(String token) {
        var parts = token.split("\\.", -1);
        var header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        return header + "." + parts[1] + ".";
    }

    /** What alerts-service asks the others as, for the people on its pages; and any other program. */
    @Test
    void aProgramNamesForWhomItActs() {
        var path = "/v1/approvals/nothing/release";
        for (var token :
                List.of(stack.keycloak().tokenOfTheConsole(), stack.keycloak().tokenOfTheCrm())) {
            var anonymous = send(Service.OUTREACH, "POST", path, token, "{\"reason\": \"texts are fine\"}");
            assertThat(anonymous.statusCode()).isEqualTo(400);
            assertThat(anonymous.body()).contains("by: missing");
            assertThat(send(
                                    Service.OUTREACH,
                                    "POST",
                                    path,
                                    token,
                                    "{\"by\": \"sam@team.example.com\", \"reason\": \"texts are fine\"}")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(send(
                                Service.OUTREACH,
                                "POST",
                                path,
                                stack.keycloak().tokenOf(Person.SAM),
                                "{\"by\": \"olga@team.example.com\", \"reason\": \"texts are fine\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    private static HttpResponse<String> get(String path) {
        return send(Service.ALERTS, "GET", path, stack.keycloak().tokenOf(Person.VERA), null);
    }

    private static HttpResponse<String> send(
            Service service, String method, String path, @Nullable String token, @Nullable String body) {
        var request = HttpRequest.newBuilder(stack.uri(service).resolve(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", path.endsWith("/import") ? "text/csv" : "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return EventCodec.json().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
