package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.POLICY;
import static dev.stagecoach.alerts.Fixtures.facts;
import static dev.stagecoach.alerts.Fixtures.stageChanged;
import static dev.stagecoach.alerts.Fixtures.usage;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.stagecoach.alerts.RaiseAlerts;
import dev.stagecoach.alerts.WriteDigests;
import dev.stagecoach.alerts.adapter.ReceiverStandIn.Hook;
import dev.stagecoach.alerts.adapter.SlackStandIn.Answer;
import dev.stagecoach.alerts.adapter.SlackStandIn.Post;
import dev.stagecoach.alerts.digest.ComposeDigest;
import dev.stagecoach.alerts.rule.AlertRules;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.Received;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.MetricsTable;
import dev.stagecoach.testing.RecordedTraces;
import dev.stagecoach.traces.BatchSteps;
import dev.stagecoach.traces.Traces;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service on real Kafka and PostgreSQL, with a stand-in for Slack. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class AlertsServiceTest {
    private static final List<String> ALERT_TOPICS = List.copyOf(POLICY.topics());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    RecordedTraces recordedTraces;

    @InjectPlatform
    Platform platform;

    private Bench bench;

    @BeforeEach
    void connect() {
        bench = new Bench(platform, "alerts");
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer test-token");
    }

    private static URI address(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return URI.create("http://localhost:" + (port == 0 ? io.restassured.RestAssured.port : port) + path);
    }

    @Test
    void anAlertIsStoredPublishedAndPosted() {
        // When
        bench.send(facts("blue-1", "Blue Harbor Labs", 250, false), usage("blue-1", 228, 250));

        // Then
        bench.awaitAlerts("blue-1", 1);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(given().get("/q/metrics").asString())
                                .containsPattern(
                                        "stagecoach_alerts_raised_total\\{channel=\"customer-usage\",kind=\"seat-utilization\"} [1-9]"));
        api().get("/v1/alerts?account=blue-1")
                .then()
                .statusCode(200)
                .body("alerts.title", contains("Blue Harbor Labs is at 91 % of 250 seats (228 users)"))
                .body("alerts[0].kind", equalTo("seat-utilization"))
                .body("alerts[0].channel", equalTo("#alerts-customer-usage"))
                .body("alerts[0].topic", equalTo("alerts.customer-usage"))
                .body("alerts[0].audience", contains("team", "account-executive"))
                .body("alerts[0].facts.mau", equalTo(228))
                .body("alerts[0].facts.link", equalTo("https://console.example/accounts/blue-1"))
                .body("next", nullValue());
        String id = api().get("/v1/alerts?account=blue-1").path("alerts[0].id");
        await().atMost(PATIENCE).until(() -> bench.publishedIds(ALERT_TOPICS).contains(id));
        await().atMost(PATIENCE)
                .until(() ->
                        SlackStandIn.postsWith("Blue Harbor Labs is at 91 %").size() == 1);
        Post post = SlackStandIn.postsWith("Blue Harbor Labs is at 91 %").get(0);
        assertThat(post.path()).isEqualTo("/customer-usage");
        assertThat(post.body())
                .contains("\"type\":\"section\"")
                .contains(
                        "<https://console.example/accounts/blue-1|Blue Harbor Labs is at 91 % of 250 seats (228 users)>")
                .contains("#alerts-customer-usage")
                .contains("alerts.customer-usage")
                .contains("for the account executive too");
    }

    @Test
    void anAlertIsPartOfTheTraceOfWhatLedToIt() {
        // Given
        String trace = recordedTraces.begin();
        var usage = usage("followed", 228, 250).partOf(trace);

        // When
        bench.send(facts("followed", "Followed", 250, false), usage);

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bench.tracesOf(ALERT_TOPICS, "followed"))
                        .singleElement()
                        .satisfies(header ->
                                assertThat(RecordedTraces.idOf(header)).isEqualTo(RecordedTraces.idOf(trace))));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(recordedTraces.stepsOf(trace))
                        .containsExactly("decide on alerts: account followed, event " + usage.id()));
    }

    @Test
    void repeatedRecordsAddNothing() {
        // Given
        var events = new dev.stagecoach.events.Event<?>[] {
            facts("twice", "Twice Told", 100, false),
            stageChanged("twice", null, Stage.PROSPECT),
            usage("twice", 40, 100),
            usage("twice", 95, 100)
        };
        bench.send(events);
        bench.awaitAlerts("twice", 2);

        // When
        bench.send(events);
        bench.send(events);

        // Then
        bench.awaitRest(KafkaInputs.TOPICS);
        assertThat(bench.count("select count(*) from alert where account = 'twice'"))
                .isEqualTo(2);
        List<String> published = bench.publishedIds(ALERT_TOPICS);
        assertThat(published).doesNotHaveDuplicates();
    }

    @Test
    void anAccountCanBeWithoutAStageAgain() {
        // Given
        bench.send(
                facts("undone", "Undone Ltd", 100, false),
                stageChanged("undone", null, Stage.PROSPECT),
                stageChanged("undone", Stage.PROSPECT, null));
        bench.awaitAlerts("undone", 2);

        // When
        bench.send(stageChanged("undone", null, Stage.ONBOARDING));

        // Then
        bench.awaitAlerts("undone", 3);
        assertThat(bench.count("select count(*) from account where id = 'undone' and stage = 'Onboarding'"))
                .isEqualTo(1);
    }

    @Test
    void aRestartThatReadsEverythingAgainAddsNothing() {
        // Given
        bench.send(
                facts("restart", "Restart Works", 100, false),
                stageChanged("restart", null, Stage.RENEWING),
                stageChanged("restart", Stage.RENEWING, Stage.CHURNED),
                usage("restart", 95, 100));
        bench.awaitAlerts("restart", 4);
        Bench other = new Bench(platform, "alerts_again");
        var database = migrated("alerts_again");
        runUntilAllIsRead(database, other);
        long alerts = other.count("select count(*) from alert");
        long outbox = other.count("select count(*) from outbox");

        // When
        other.execute("delete from consumed_offset");
        runUntilAllIsRead(database, other);

        // Then
        assertThat(alerts).isGreaterThanOrEqualTo(4).isEqualTo(outbox);
        assertThat(other.count("select count(*) from alert")).isEqualTo(alerts);
        assertThat(other.count("select count(*) from outbox")).isEqualTo(outbox);
        assertThat(other.count("select count(*) from delivery")).isEqualTo(0);
    }

    @Test
    void twoReplicasRaiseWhatOneDoes() {
        // Given
        for (String account : List.of("two-a", "two-b", "two-c", "two-d", "two-e", "two-f")) {
            bench.send(
                    facts(account, account, 100, false),
                    stageChanged(account, null, Stage.RENEWING),
                    stageChanged(account, Stage.RENEWING, Stage.CHURNED),
                    usage(account, 95, 100));
            bench.awaitAlerts(account, 4);
        }
        Bench other = new Bench(platform, "alerts_two");
        var database = migrated("alerts_two");
        String raised = "select count(*) from alert where account like 'two-_'";

        // When
        try (var one = consumer(database, "alerts-two");
                var two = consumer(database, "alerts-two")) {
            one.start();
            two.start();
            awaitAllRead(other);
        }

        // Then
        assertThat(other.count(raised)).isEqualTo(bench.count(raised)).isEqualTo(24);
        assertThat(other.count("select count(*) from outbox")).isEqualTo(other.count("select count(*) from alert"));
    }

    private PlainDatabase migrated(String name) {
        var database = new PlainDatabase(platform, name);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/exactlyonce", "classpath:db/migration")
                .load()
                .migrate();
        return database;
    }

    private void runUntilAllIsRead(PlainDatabase database, Bench other) {
        try (var consumer = consumer(database, "alerts-again")) {
            consumer.start();
            awaitAllRead(other);
        }
    }

    private ExactlyOnceConsumer<Received> consumer(PlainDatabase database, String group) {
        var handler = new KafkaInputs(
                new RaiseAlerts(new AlertRules(POLICY, id -> "/" + id)),
                new WriteDigests(POLICY.digest(), new ComposeDigest(POLICY, id -> "/" + id)),
                Recipients.NONE,
                POLICY.acknowledgedFor(),
                new RaisedAlerts(POLICY),
                new BatchSteps(Traces.OFF));
        var settings = new ConsumerSettings(platform.bootstrapServers(), group, KafkaInputs.TOPICS, 3);
        return new ExactlyOnceConsumer<>(settings, database, Received::read, handler);
    }

    private void awaitAllRead(Bench other) {
        long ends = bench.endOffsets(KafkaInputs.TOPICS);
        await().atMost(PATIENCE)
                .until(() -> other.count("select coalesce(sum(next_offset), 0) from consumed_offset") >= ends);
    }

    @Test
    void unknownTypesAreSkipped() {
        // Given
        var unknown = EventCodec.toRecord(stageChanged("odd", null, Stage.PROSPECT));
        unknown.headers().remove(EventHeaders.TYPE.key());
        EventHeaders.TYPE.write(unknown.headers(), "stagecoach.lifecycle.something-new.v9");

        // When
        bench.send(List.of(unknown));
        bench.send(stageChanged("odd", null, Stage.ONBOARDING));

        // Then
        bench.awaitAlerts("odd", 1);
    }

    @Test
    void aBusyThenBrokenSlackGetsTheMessageOnceItIsWell() {
        // Given
        SlackStandIn.answerTo("Busy Bee", Answer.busy(1), Answer.BROKEN, Answer.OK);

        // When
        bench.send(facts("busy", "Busy Bee", 100, false), stageChanged("busy", null, Stage.ONBOARDING));

        // Then
        bench.awaitCount(
                "select count(*) from delivery d join alert a on a.id = d.alert where account = 'busy' and d.state = 'sent'",
                1);
        List<Post> posts = SlackStandIn.postsWith("Busy Bee");
        assertThat(posts).extracting(Post::answered).containsExactly(429, 500, 200);
        assertThat(Duration.ofNanos(posts.get(1).atNanos() - posts.get(0).atNanos()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        assertThat(bench.count("select attempts from delivery d join alert a on a.id = d.alert where account = 'busy'"))
                .isEqualTo(3);
    }

    @Test
    void anOutageOfSlackDelaysAndLosesNothing() {
        // Given
        SlackStandIn.goDown();
        try {
            for (Stage stage : Stage.values()) {
                bench.send(stageChanged("outage", null, stage));
            }
            // Churned tells two channels.
            bench.awaitAlerts("outage", Stage.values().length + 1L);
            await().atMost(PATIENCE)
                    .until(() ->
                            bench.count("select count(*) from delivery where state = 'waiting' and attempts > 1") > 0);
        } finally {
            // When
            SlackStandIn.comeBack();
        }

        // Then
        bench.awaitCount("select count(*) from delivery where state = 'waiting'", 0);
        assertThat(SlackStandIn.postsWith("outage "))
                .filteredOn(post -> post.path().equals("/customer-usage"))
                .extracting(Post::text)
                .containsExactly(
                        "outage entered Prospect",
                        "outage entered Onboarding",
                        "outage entered Adopting",
                        "outage entered Nurturing",
                        "outage entered Renewing",
                        "outage churned");
    }

    @Test
    void whatSlackRefusesIsParkedAndShown() {
        // Given
        SlackStandIn.answerTo("Gone Fishing", Answer.invalid());

        // When
        bench.send(facts("gone", "Gone Fishing", 100, false), stageChanged("gone", null, Stage.ONBOARDING));

        // Then
        bench.awaitCount(
                "select count(*) from delivery d join alert a on a.id = d.alert where account = 'gone' and d.state = 'failed'",
                1);
        given().get("/system").then().statusCode(200).body(containsString("400 invalid_payload"));
        given().get("/accounts/gone")
                .then()
                .statusCode(200)
                .body(containsString("Not posted to Slack: 400 invalid_payload"));
    }

    @Test
    void aDeadWebhookDelaysAndLosesNothing() {
        // Given
        SlackStandIn.answerTo("Dead End", Answer.gone(), Answer.gone(), Answer.OK);

        // When
        bench.send(facts("dead", "Dead End", 100, false), stageChanged("dead", null, Stage.ONBOARDING));

        // Then
        bench.awaitCount(
                "select count(*) from delivery d join alert a on a.id = d.alert where account = 'dead' and d.state = 'sent'",
                1);
        assertThat(SlackStandIn.postsWith("Dead End"))
                .extracting(Post::answered)
                .containsExactly(404, 404, 200);
    }

    @Test
    void aProgramIsToldByAWebhookAndAgainWhenSomebodyAsks() {
        // Given
        bench.send(facts("hooked", "Hooked Ltd", 100, false), stageChanged("hooked", Stage.RENEWING, Stage.CHURNED));
        await().atMost(PATIENCE).until(() -> toldOf("hooked").size() == 1);
        bench.awaitCount(
                "select count(*) from webhook_delivery d join alert a on a.id = d.alert where account = 'hooked' and d.state = 'sent'",
                1);
        String alert = api().get("/v1/alerts?account=hooked&kind=churn").path("alerts[0].id");
        String ofAlert = "deliveries.find { it.alert == '" + alert + "' }.";

        // When
        api().get("/v1/webhooks/crm/deliveries?state=sent")
                .then()
                .statusCode(200)
                .body(ofAlert + "message", equalTo(alert))
                .body(ofAlert + "attempts.status", contains(204));
        int delivery = api().get("/v1/webhooks/crm/deliveries").path(ofAlert + "id");
        api().post("/v1/webhooks/crm/deliveries/" + delivery + "/resend").then().statusCode(202);
        api().post("/v1/webhooks/crm/test").then().statusCode(202);

        // Then
        await().atMost(PATIENCE).until(() -> toldOf("hooked").size() == 2);
        assertThat(toldOf("hooked"))
                .allMatch(Hook::genuine)
                .extracting(Hook::message)
                .containsOnly(alert);
        assertThat(toldOf("hooked").get(0).body().path("type").asText()).isEqualTo("alert.raised");
        await().atMost(PATIENCE)
                .until(() -> PlatformWithSlack.RECEIVER.all().stream()
                        .anyMatch(one -> one.body().path("type").asText().equals("test")));
        api().get("/v1/webhooks")
                .then()
                .statusCode(200)
                .body("name", contains("crm"))
                .body("[0].state", equalTo("open"))
                .body("[0].url", not(containsString("hidden")))
                .body("[0].kinds", contains("churn"));
    }

    private static List<Hook> toldOf(String account) {
        return PlatformWithSlack.RECEIVER.all().stream()
                .filter(one -> one.body().path("data").path("account").asText().equals(account))
                .toList();
    }

    @Test
    void aParkedWebhookIsShownAndResumed() {
        // Given
        bench.execute("update webhook_endpoint set state = 'parked', problem = 'the endpoint answers 410 Gone'");

        // When
        given().get("/system").then().statusCode(200).body(containsString("410 Gone"));
        api().get("/v1/webhooks")
                .then()
                .body("[0].state", equalTo("parked"))
                .body("[0].toDo", containsString("POST /v1/webhooks/crm/resume"));
        api().post("/v1/webhooks/crm/test").then().statusCode(409).contentType("application/problem+json");
        api().post("/v1/webhooks/crm/resume").then().statusCode(204);

        // Then
        api().get("/v1/webhooks").then().body("[0].state", equalTo("open")).body("[0].problem", nullValue());
        api().get("/v1/webhooks/unknown/deliveries").then().statusCode(404);
        api().post("/v1/webhooks/crm/deliveries/0/resend").then().statusCode(404);
    }

    @Test
    void thePageShowsNamesAsText() {
        // Given
        String name = "<script>alert(1)</script> & \"Sons\"";

        // When
        bench.send(facts("evil'\"><b>", name, 100, false), stageChanged("evil'\"><b>", null, Stage.ONBOARDING));

        // Then
        bench.awaitCount("select count(*) from alert where title like '<script>%'", 1);
        given().get("/").then().statusCode(200).body(not(containsString("<script>alert")));
        given().get("/alerts")
                .then()
                .statusCode(200)
                .contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .body(not(containsString("<script>alert")))
                .body(not(containsString("<b>\"")))
                .body(containsString("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot; entered Onboarding"))
                .body(containsString("href=\"/accounts/evil%27%22%3E%3Cb%3E\""));
    }

    @Test
    void thePageShowsAccountsAsTheyAre() {
        // When
        bench.send(
                facts("table", "Table Mountain", 250, false),
                stageChanged("table", null, Stage.ADOPTING),
                usage("table", 170, 250));

        // Then
        bench.awaitCount(
                "select count(*) from alert where account = 'table' and kind in ('stage-changed', 'seat-utilization')",
                2);
        given().get("/accounts/table")
                .then()
                .statusCode(200)
                .body(containsString("68 % (170 of 250)"))
                .body(containsString("<span class=\"chip stage-adopting\">Adopting · day "))
                .body(containsString("13 Jan 2026"))
                .body(containsString("Table Mountain entered Adopting"));
    }

    @Test
    void listsNewestFirstPageByPage() {
        // Given
        bench.send(
                stageChanged("pages", null, Stage.PROSPECT),
                stageChanged("pages", null, Stage.ONBOARDING),
                stageChanged("pages", null, Stage.ADOPTING));
        bench.awaitAlerts("pages", 3);

        // When
        String next = api().get("/v1/alerts?account=pages&limit=2")
                .then()
                .statusCode(200)
                .body("alerts.facts.to", contains("Adopting", "Onboarding"))
                .extract()
                .path("next");

        // Then
        api().queryParam("after", next)
                .get("/v1/alerts?account=pages&limit=2")
                .then()
                .statusCode(200)
                .body("alerts.facts.to", contains("Prospect"))
                .body("next", nullValue());
    }

    @Test
    void listsOneKindOnly() {
        // Given
        bench.send(stageChanged("kinds", null, Stage.RENEWING), stageChanged("kinds", Stage.RENEWING, Stage.CHURNED));
        bench.awaitAlerts("kinds", 3);

        // Then
        api().get("/v1/alerts?account=kinds&kind=churn").then().body("alerts.kind", contains("churn"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/alerts?limit=abc | limit: abc (expected: a whole number from 1 to 500)",
                "/v1/alerts?limit=0 | limit: 0 (expected: a whole number from 1 to 500)",
                "/v1/alerts?kind=nonsense | kind: nonsense (expected one of: stage-changed, churn,",
                "/v1/alerts?after=nonsense | after: nonsense (expected: the value of next of the page before)",
                "/v1/alerts/stream?kind=nonsense | kind: nonsense (expected one of: stage-changed, churn,"
            })
    void saysWhichParameterIsWrong(String path, String detail) {
        api().get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("Bad Request"))
                .body("status", equalTo(400))
                .body("detail", startsWith(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?stage=nowhere", "/alerts?kind=nonsense", "/alerts?after=nonsense"})
    void saysWhichParameterOfThePageIsWrong(String path) {
        given().get(path).then().statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/alerts", "/v1/alerts/stream"})
    void letsNobodyInWithoutAToken(String path) {
        given().get(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"));
        given().header("Authorization", "Bearer wrong").get(path).then().statusCode(401);
    }

    @Test
    void saysEveryOtherErrorAsAProblemToo() {
        api().get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        given().get("/nothing").then().statusCode(404).contentType("application/problem+json");
        api().post("/v1/alerts").then().statusCode(405).contentType("application/problem+json");
    }

    @Test
    void theStreamDeliversLiveAndResumes() throws Exception {
        // Given
        var live = listen("/v1/alerts/stream?account=live");
        bench.send(facts("live", "Live Wire", 100, false), stageChanged("live", null, Stage.ONBOARDING));
        await().atMost(PATIENCE)
                .until(() -> live.stream().anyMatch(line -> line.contains("Live Wire entered Onboarding")));
        String id = live.stream()
                .filter(line -> line.startsWith("id:"))
                .findFirst()
                .orElseThrow()
                .substring(3);
        bench.send(stageChanged("live", Stage.ONBOARDING, Stage.ADOPTING));
        bench.awaitAlerts("live", 2);

        // When
        var resumed = listen("/v1/alerts/stream?account=live", "Last-Event-ID", id);

        // Then
        await().atMost(PATIENCE)
                .until(() -> resumed.stream().anyMatch(line -> line.contains("Live Wire entered Adopting")));
        assertThat(resumed).noneMatch(line -> line.contains("Live Wire entered Onboarding"));
        bench.send(stageChanged("live", Stage.ADOPTING, Stage.NURTURING));
        await().atMost(PATIENCE)
                .until(() -> resumed.stream().anyMatch(line -> line.contains("Live Wire entered Nurturing")));
        await().atMost(PATIENCE)
                .until(() -> live.stream().anyMatch(line -> line.contains("Live Wire entered Nurturing")));
    }

    @Test
    void thePagesOwnStreamDeliversHtmlThatIsEscaped() throws Exception {
        // Given
        var live = listen("/alerts/stream?account=html");

        // When
        bench.send(facts("html", "<i>Sly</i>", 100, false), stageChanged("html", null, Stage.ONBOARDING));

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        live.stream().anyMatch(line -> line.contains("&lt;i&gt;Sly&lt;/i&gt; entered Onboarding")));
        assertThat(live).noneMatch(line -> line.contains("<i>Sly"));
    }

    /** The lines of a stream as they come; returns once the stream is open. */
    private static List<String> listen(String path, String... headers) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer test-token");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<java.util.stream.Stream<String>> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        Thread reader = new Thread(() -> response.body().forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
        await().atMost(PATIENCE).until(() -> !lines.isEmpty());
        return lines;
    }

    @Test
    void answersOperators() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        given().get("/q/health/live").then().statusCode(200).body("checks.name", hasItem("threads"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("stagecoach_alerts_messages_waiting{channel=\"customer-usage\""))
                .body(containsString("stagecoach_alerts_webhook_waiting{webhook=\"crm\""));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                MetricsTable.shownIn(given().get("/q/metrics").asString()))
                        .isEqualTo(MetricsTable.of("alerts-service")));
        given().get("/q/health/ready").then().body("checks.name", hasItem("chat"));
        given().accept(ContentType.ANY)
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/v1/alerts/stream"));
    }
}
