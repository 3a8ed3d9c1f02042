package dev.stagecoach.lifecycle;

import static dev.stagecoach.events.EventType.ACCOUNT_FACTS;
import static dev.stagecoach.events.EventType.FEATURE_FIRST_USED;
import static dev.stagecoach.events.EventType.FIRST_PING;
import static dev.stagecoach.events.EventType.GOAL_MET;
import static dev.stagecoach.events.EventType.GOAL_MISSED;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Milestone;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.events.UsageRecap;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.MetricsTable;
import dev.stagecoach.testing.RecordedTraces;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts, usage and time go in; stages, milestones and summaries come out: on the real Kafka and PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class LifecycleServiceTest {
    private static final int PARTITIONS = 3;

    @Inject
    RecordedTraces recordedTraces;

    @InjectPlatform
    Platform platform;

    private LocalDate start;
    private KafkaProducer<String, byte[]> kafka;

    @BeforeEach
    void beginAYear() {
        start = Years.begin();
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void anAccountGoesThroughItsStages() {
        // Given a contract of today, and in January 40 of 100 seats in use
        tick(start);
        tell(
                "journey",
                "\"seats\": 100, \"contractClosedOn\": \"" + start + "\", \"renewsOn\": \"" + start.plusDays(365)
                        + "\"");
        awaitStages("journey", Stage.ONBOARDING);
        ping("journey", "p1", start.withDayOfMonth(31), ActiveUsers.of(20, 40), Map.of());
        await().untilAsserted(() -> assertThat(milestones("journey")).containsExactly(FIRST_PING));

        // When day 60 comes, in March, with 30 of 100 in February
        LocalDate inFebruary = start.plusMonths(2).minusDays(1);
        tick(inFebruary);
        ping("journey", "p2", inFebruary, ActiveUsers.of(10, 30), Map.of());
        LocalDate day60 = start.plusDays(60);
        tick(day60);

        // Then
        awaitStages("journey", Stage.ONBOARDING, Stage.ADOPTING);
        ConsumerRecord<String, byte[]> consumed =
                topic(Topics.LIFECYCLE_STAGES).recordsOf("journey").get(1);
        assertThat(Topic.header(consumed, EventHeaders.TYPE)).isEqualTo("stagecoach.lifecycle.stage-changed.v1");
        assertThat(Topic.header(consumed, EventHeaders.SUBJECT)).isEqualTo("journey");
        assertThat(Topic.header(consumed, EventHeaders.SOURCE)).isEqualTo("/lifecycle-service");
        assertThat(Topic.header(consumed, EventHeaders.TIME))
                .isEqualTo(tickOf(day60).toString());
        assertThat(Topic.header(consumed, EventHeaders.CAUSATION_ID)).isEqualTo(tickId(day60, consumed.partition()));
        assertThat(consumed.timestamp()).isEqualTo(tickOf(day60).toEpochMilli());
        StageChanged change = (StageChanged) Topic.event(consumed).data();
        assertThat(change.from()).isEqualTo(Stage.ONBOARDING);
        assertThat(change.reason().clause()).isEqualTo("targets-not-met");
        assertThat(change.reason().policyVersion()).hasSize(12);
        assertThat(change.reason().nearestMiss().needs()).startsWith("needs 50 more active users for 80 %");
        await().untilAsserted(() -> assertThat(milestones("journey")).contains(GOAL_MISSED));
        Milestone.GoalMissed goal =
                (Milestone.GoalMissed) topic(Topics.LIFECYCLE_MILESTONES).eventsOf("journey").stream()
                        .filter(event -> event.type() == GOAL_MISSED)
                        .findFirst()
                        .orElseThrow()
                        .data();
        assertThat(goal.mau()).isEqualTo(30);
        await().untilAsserted(() -> assertThat(summaries("journey")).last().satisfies(summary -> {
            assertThat(summary.mau()).isEqualTo(30);
            assertThat(summary.utilization()).isEqualTo(0.3);
            assertThat(summary.usage()).isNull();
            assertThat(summary.month()).isEqualTo(YearMonth.from(inFebruary));
            assertThat(summary.source()).isEqualTo("ping");
        }));
        api().get("/v1/accounts/journey")
                .then()
                .statusCode(200)
                .body("stage", equalTo("Adopting"))
                .body("since", equalTo(day60.toString()))
                .body("usage.mau", equalTo(30))
                .body("usage.usage", nullValue());
        api().get("/v1/accounts/journey/history")
                .then()
                .statusCode(200)
                .body("find { it.type == 'stagecoach.lifecycle.goal-missed.v1' }.data.mau", equalTo(30))
                .body(
                        "findAll { it.type == 'stagecoach.lifecycle.stage-changed.v1' }.data.to",
                        contains("Adopting", "Onboarding"))
                .body("find { it.data.to == 'Adopting' }.id", equalTo(Topic.header(consumed, EventHeaders.ID)));
    }

    @Test
    void theHistoryLeadsBackToTheRecordsThatLedToDecisions() {
        // Given
        tick(start);
        tell("traced", "\"seats\": 100, \"contractClosedOn\": \"" + start + "\"");
        awaitStages("traced", Stage.ONBOARDING);

        // When
        JsonPath history = api().get("/v1/accounts/traced/history").jsonPath();

        // Then
        String cause = "find { it.data.to == 'Onboarding' }.cause";
        ConsumerRecord<String, byte[]> facts =
                topic(Topics.ACCOUNTS).recordsOf("traced").get(0);
        assertThat(history.getString(cause + ".id")).isEqualTo(Topic.header(facts, EventHeaders.ID));
        assertThat(history.getString(cause + ".topic")).isEqualTo(Topics.ACCOUNTS);
        assertThat(history.getInt(cause + ".partition")).isEqualTo(facts.partition());
        assertThat(history.getLong(cause + ".offset")).isEqualTo(facts.offset());
    }

    @Test
    void theHistoryIsReadInPagesFromTheNewestToTheOldest() {
        // Given acts and decisions, some of them of one tick
        tick(start);
        tell(
                "paged",
                "\"seats\": 100, \"contractClosedOn\": \"" + start + "\", \"renewsOn\": \"" + start.plusDays(400)
                        + "\"");
        awaitStages("paged", Stage.ONBOARDING);
        byHand("paged", Stage.NURTURING, start.plusDays(9));
        awaitStages("paged", Stage.ONBOARDING, Stage.NURTURING);
        tick(start.plusDays(3));
        byHand("paged", Stage.ADOPTING, start.plusDays(9));
        awaitStages("paged", Stage.ONBOARDING, Stage.NURTURING, Stage.ADOPTING);
        JsonPath whole = api().get("/v1/accounts/paged/history?limit=1000").jsonPath();
        List<String> ids = whole.getList("id");

        // When
        List<String> read = new ArrayList<>();
        String next = "/v1/accounts/paged/history?limit=1";
        while (next != null) {
            Response page = api().get(next);
            read.addAll(page.jsonPath().getList("id"));
            next = nextOf(page);
        }

        // Then
        assertThat(read).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates().containsExactlyElementsOf(ids);
        assertThat(whole.getList("at", String.class)).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(whole.getList("findAll { it.data.act != null || it.data.to != null }.data.act", String.class))
                .containsExactly(null, "stage-by-hand", null, "stage-by-hand", null);
        api().get("/v1/accounts/paged/history?before=nothing")
                .then()
                .statusCode(400)
                .body("detail", containsString("before: nothing"));
        api().get("/v1/accounts/paged/history?limit=1001")
                .then()
                .statusCode(400)
                .body("detail", containsString("limit: 1001 (expected: 1 to 1000)"));
    }

    private static @Nullable String nextOf(Response page) {
        String link = page.header("Link");
        if (link == null) {
            return null;
        }
        assertThat(link).endsWith("; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }

    private static void byHand(String account, Stage stage, LocalDate until) {
        api().body("{\"stage\": \"" + stage.wireName() + "\", \"until\": \"" + until
                        + "\", \"author\": \"dana\", \"reason\": \"agreed\"}")
                .put("/v1/accounts/" + account + "/stage")
                .then()
                .statusCode(200);
    }

    @Test
    void usersByEventsAreDistinctAndRepeatedRecordsChangeNothing() {
        // Given three users in January, each told often
        tick(start);
        tell("events", "\"seats\": 4, \"contractClosedOn\": \"" + start + "\"");
        awaitStages("events", Stage.ONBOARDING);
        for (int round = 0; round < 3; round++) {
            for (int user = 0; user < 3; user++) {
                use("events", "e-" + user, "user-" + user, "search", start.plusDays(5));
                use("events", "e-later-" + user, "user-" + user, "search", start.plusDays(20));
            }
        }
        ConsumerRecord<String, byte[]> facts =
                topic(Topics.ACCOUNTS).recordsOf("events").get(0);
        send(EventCodec.toRecord(Topic.event(facts)));

        // When
        tick(start.plusMonths(1));
        tick(start.plusDays(60));

        // Then
        awaitStages("events", Stage.ONBOARDING, Stage.ADOPTING);
        await().untilAsserted(() -> assertThat(summaries("events")).last().satisfies(summary -> {
            assertThat(summary.source()).isEqualTo("event");
        }));
        assertThat(summaries("events"))
                .filteredOn(summary -> YearMonth.from(start).equals(summary.month()))
                .isNotEmpty()
                .allSatisfy(summary -> {
                    assertThat(summary.mau()).isEqualTo(3);
                    assertThat(summary.utilization()).isEqualTo(0.75);
                });
        assertThat(milestones("events"))
                .filteredOn(type -> type == FEATURE_FIRST_USED)
                .hasSize(1);
        assertThat(topic(Topics.LIFECYCLE_MILESTONES).eventsOf("events"))
                .extracting(Event::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void anEventThatComesAgainIsInNoTotal() {
        // Given two events in January, each told three times
        tick(start);
        tell("totals", "\"seats\": 4, \"contractClosedOn\": \"" + start + "\"");
        awaitStages("totals", Stage.ONBOARDING);
        for (int round = 0; round < 3; round++) {
            use("totals", "t-1", "user-1", "search", start.plusDays(5));
            use("totals", "t-2", "user-2", "search", start.plusDays(5));
        }

        // When
        tick(start.plusMonths(1));
        tick(start.plusMonths(1).plusDays(1));

        // Then
        await().untilAsserted(() -> assertThat(topic(Topics.LIFECYCLE_RECAPS).eventsOf("totals"))
                .singleElement()
                .satisfies(event -> {
                    UsageRecap recap = (UsageRecap) event.data();
                    assertThat(recap.events()).isEqualTo(2);
                    assertThat(recap.topFeatures())
                            .singleElement()
                            .satisfies(use -> assertThat(use.uses()).isEqualTo(2));
                }));
    }

    @Test
    void usageOfAnAccountThatNobodyToldOfIsKept() {
        // Given
        tick(start);
        ping("early", "p1", start.withDayOfMonth(31), ActiveUsers.of(5, 9), Map.of());
        tick(start.plusMonths(1));

        // When
        tell("early", "\"seats\": 10, \"contractClosedOn\": \"" + start + "\"");
        tick(start.plusMonths(1).plusDays(1));

        // Then
        await().untilAsserted(() -> assertThat(summaries("early")).last().satisfies(summary -> {
            assertThat(summary.mau()).isEqualTo(9);
            assertThat(summary.utilization()).isEqualTo(0.9);
        }));
        await().untilAsserted(() -> assertThat(milestones("early")).contains(FIRST_PING));
    }

    @Test
    void lateUsageCorrectsTheMetricsAndNotTheDecisions() {
        // Given the goal of Onboarding was missed on day 60, 1 of 4 in February
        tick(start);
        tell("late", "\"seats\": 4, \"contractClosedOn\": \"" + start + "\"");
        awaitStages("late", Stage.ONBOARDING);
        LocalDate february = start.plusMonths(1);
        use("late", "e0", "user-0", "search", start);
        use("late", "e1", "user-1", "search", february.plusDays(3));
        tick(start.plusDays(60));
        awaitStages("late", Stage.ONBOARDING, Stage.ADOPTING);
        await().untilAsserted(() -> assertThat(milestones("late")).contains(GOAL_MISSED));

        // When three more users of February become known
        use("late", "e2", "user-2", "search", february.plusDays(4));
        use("late", "e3", "user-3", "search", february.plusDays(5));
        use("late", "e4", "user-4", "search", february.plusDays(6));

        // Then
        await().untilAsserted(() -> assertThat(summaries("late")).last().satisfies(summary -> {
            assertThat(summary.month()).isEqualTo(YearMonth.from(february));
            assertThat(summary.mau()).isEqualTo(4);
            assertThat(summary.utilization()).isEqualTo(1.0);
        }));
        assertThat(milestones("late")).doesNotContain(GOAL_MET);
        assertThat(stages("late")).containsExactly(Stage.ONBOARDING, Stage.ADOPTING);
    }

    @Test
    void whatCannotBeReadHoldsNothingUp() {
        // Given
        tick(start);
        send(new ProducerRecord<>(Topics.USAGE_EVENTS, "broken", "{\"account\":".getBytes(StandardCharsets.UTF_8)));

        // When
        tell("broken", "\"seats\": 4, \"contractClosedOn\": \"" + start + "\"");

        // Then
        awaitStages("broken", Stage.ONBOARDING);
        given().get("/q/health/ready").then().statusCode(200);
        await().untilAsserted(() -> assertThat(
                        new Topic(platform.bootstrapServers(), Topics.LIFECYCLE_DEAD_LETTERS).recordsOf("broken"))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("{\"account\":");
                    assertThat(Topic.header(letter, EventHeaders.DEAD_LETTER_TOPIC))
                            .isEqualTo(Topics.USAGE_EVENTS);
                }));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(matchesPattern(
                        "(?s).*stagecoach_consumer_records_set_aside_total\\{kind=\"unreadable\",?} [1-9].*"))
                .body(matchesPattern("(?s).*stagecoach_consumer_lag\\{partition=\"0\",topic=\"time.ticks\",?} .*"))
                .body(containsString("stagecoach_consumer_problem 0.0"));
    }

    @Test
    void decisionsAreCountedAndTheTableListsAllMetrics() {
        // Given
        tick(start);
        double counted = metric("stagecoach_lifecycle_decisions_total{kind=\"stage-changed\"");

        // When
        tell("measured", "\"seats\": 4, \"contractClosedOn\": \"" + start + "\"");

        // Then
        await().untilAsserted(() -> assertThat(metric("stagecoach_lifecycle_decisions_total{kind=\"stage-changed\""))
                .isGreaterThan(counted));
        assertThat(metric("stagecoach_lifecycle_last_tick_timestamp_seconds "))
                .isGreaterThanOrEqualTo((double) tickOf(start).getEpochSecond());
        await().untilAsserted(() ->
                assertThat(MetricsTable.shownIn(metrics())).isEqualTo(MetricsTable.of("lifecycle-service")));
    }

    @Test
    void whatIsDecidedOnATracedPingIsPartOfItsTrace() {
        // Given
        tick(start);
        tell("followed", "\"seats\": 4, \"contractClosedOn\": \"" + start + "\"");
        awaitStages("followed", Stage.ONBOARDING);
        String trace = recordedTraces.begin();

        // When
        Instant at = tickOf(start);
        send(EventCodec.toRecord(Event.of(
                        "followed-ping",
                        EventType.USAGE_PING,
                        "/test",
                        "followed",
                        at,
                        null,
                        new UsagePing(
                                "followed", "followed-i1", true, "5.1.0", at, at, ActiveUsers.of(1, 1), Map.of(), null))
                .partOf(trace)));

        // Then
        await().untilAsserted(() -> assertThat(
                        topic(Topics.LIFECYCLE_MILESTONES).eventsOf("followed"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.type()).isEqualTo(FIRST_PING);
                    assertThat(event.traceParent()).isNotNull().isNotEqualTo(trace);
                    assertThat(RecordedTraces.idOf(event.traceParent())).isEqualTo(RecordedTraces.idOf(trace));
                }));
        await().untilAsserted(() -> assertThat(recordedTraces.stepsOf(trace))
                .containsExactly("decide: account followed, event followed-ping"));
        assertThat(topic(Topics.LIFECYCLE_STAGES).eventsOf("followed"))
                .extracting(Event::traceParent)
                .containsOnlyNulls();
    }

    private static double metric(String beginning) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String metrics() {
        return given().get("/q/metrics").asString();
    }

    @Test
    void accountsAreListedByStageInPages() {
        // Given
        tick(start);
        for (String account : List.of("list-a", "list-b", "list-c")) {
            tell(
                    account,
                    "\"contractClosedOn\": \"" + start.minusDays(100) + "\", \"renewsOn\": \"" + start.plusDays(20)
                            + "\"");
        }
        for (String account : List.of("list-a", "list-b", "list-c")) {
            awaitStages(account, Stage.RENEWING);
        }

        // When
        String next = api().get("/v1/accounts?stage=renewing&after=list-&limit=2")
                .then()
                .statusCode(200)
                .body("accounts.facts.account", contains("list-a", "list-b"))
                .body("accounts.stage", contains("Renewing", "Renewing"))
                .extract()
                .path("next");

        // Then
        assertThat(next).isEqualTo("list-b");
        api().get("/v1/accounts?stage=Renewing&limit=2&after=" + next)
                .then()
                .body("accounts.facts.account", contains("list-c"))
                .body("next", nullValue());
        api().get("/v1/accounts?stage=Prospect&after=list-").then().body("accounts", hasSize(0));
    }

    @Test
    void aStageByHandIsToldWithItsAuthor() {
        // Given
        tick(start);
        tell("hand", "\"contractClosedOn\": \"" + start + "\"");
        awaitStages("hand", Stage.ONBOARDING);

        // When
        api().body("{\"stage\": \"Adopting\", \"until\": \"" + start.plusDays(10)
                        + "\", \"reason\": \"rolled out before\", \"author\": \"dana@team.example\"}")
                .put("/v1/accounts/hand/stage")
                .then()
                .statusCode(200);
        awaitStages("hand", Stage.ONBOARDING, Stage.ADOPTING);
        tick(start.plusDays(11));

        // Then
        awaitStages("hand", Stage.ONBOARDING, Stage.ADOPTING, Stage.ONBOARDING);
        StageChanged change = (StageChanged)
                topic(Topics.LIFECYCLE_STAGES).eventsOf("hand").get(1).data();
        assertThat(change.reason().clause()).isEqualTo("set-by-hand");
        assertThat(change.reason().inputs())
                .anySatisfy(input -> assertThat(input.value()).isEqualTo("dana@team.example"));
        Event<?> told = topic(Topics.ACCOUNTS).eventsOf("hand").get(1);
        assertThat(told.type()).isEqualTo(ACCOUNT_FACTS);
        assertThat(topic(Topics.LIFECYCLE_STAGES).eventsOf("hand").get(1).causationId())
                .isEqualTo(told.id());
    }

    @Test
    void aStageByHandThatWouldBeOverIsRefused() {
        // Given
        tick(start);
        tell("over", "\"contractClosedOn\": \"" + start + "\"");
        awaitStages("over", Stage.ONBOARDING);

        // When
        api().body(byHand(start.minusDays(1)))
                .put("/v1/accounts/over/stage")
                // Then
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body(
                        "detail",
                        equalTo("until: " + start.minusDays(1) + " is over (expected: " + start
                                + ", which is today, or later)"));
        api().body(byHand(start)).put("/v1/accounts/over/stage").then().statusCode(200);
        awaitStages("over", Stage.ONBOARDING, Stage.ADOPTING);
    }

    private static String byHand(LocalDate until) {
        return "{\"stage\": \"Adopting\", \"until\": \"" + until
                + "\", \"reason\": \"rolled out before\", \"author\": \"dana@team.example\"}";
    }

    @Test
    void whySaysWhatDecidedAndWhatWouldChangeIt() {
        // Given 30 of 100 seats in January, and a renewal on day 300
        tick(start);
        tell(
                "why",
                "\"seats\": 100, \"contractClosedOn\": \"" + start + "\", \"renewsOn\": \"" + start.plusDays(300)
                        + "\"");
        awaitStages("why", Stage.ONBOARDING);
        ping("why", "why-1", start.withDayOfMonth(31), ActiveUsers.of(10, 30), Map.of());
        tick(start.plusMonths(1).plusDays(1));
        await().untilAsserted(() -> assertThat(summaries("why"))
                .last()
                .satisfies(summary -> assertThat(summary.mau()).isEqualTo(30)));

        // When
        String decision = topic(Topics.LIFECYCLE_STAGES).eventsOf("why").get(0).id();
        api().get("/v1/accounts/why/why")
                // Then
                .then()
                .statusCode(200)
                .body("account", equalTo("why"))
                .body("stage", equalTo("Onboarding"))
                .body("since", equalTo(start.toString()))
                .body("clause", equalTo("contract-closed"))
                .body("byHand", nullValue())
                .body("inputs.name", hasItem("utilization"))
                .body("clauses", hasSize(1))
                .body("clauses[0].holds", equalTo(true))
                .body("nearestMiss.clause", equalTo("targets-not-met"))
                .body("next.on", equalTo(start.plusDays(60).toString()))
                .body("next.to", equalTo("Adopting"))
                .body("metrics.source", equalTo("ping"))
                .body("metrics.month", equalTo(YearMonth.from(start).toString()))
                .body("metrics.utilization.value", equalTo(0.3f))
                .body("metrics.utilization.target", equalTo(0.8f))
                .body("metrics.usage.value", nullValue())
                .body("metrics.usage.knownDays", equalTo(1))
                .body("metrics.usage.whyUnknown", startsWith("daily users are known for 1 of the last 28 days"))
                .body("decision.id", equalTo(decision))
                .body("decision.clause", equalTo("contract-closed"))
                .body("policyVersion", hasLength(12))
                .body("asOf", equalTo(tickOf(start.plusMonths(1).plusDays(1)).toString()));
        api().get("/v1/accounts/nobody/why").then().statusCode(404);
    }

    @Test
    void theForecastSaysWhoEntersWhichStageWhen() {
        // Given
        tick(start);
        tell("ahead-a", "\"contractClosedOn\": \"" + start + "\"");
        tell("ahead-b", "\"contractClosedOn\": \"" + start + "\", \"renewsOn\": \"" + start.plusDays(200) + "\"");
        tell("ahead-c", "\"expectedCloseOn\": \"" + start.plusDays(200) + "\"");
        tell("ahead-d", "\"contractClosedOn\": \"" + start.minusYears(1) + "\"");
        awaitStages("ahead-a", Stage.ONBOARDING);
        awaitStages("ahead-b", Stage.ONBOARDING);
        awaitStages("ahead-d", Stage.ADOPTING);
        await().untilAsserted(() -> api().get("/v1/accounts/ahead-c/why").then().statusCode(200));

        // When
        api().get("/v1/forecast?days=90&after=ahead-&limit=4")
                // Then
                .then()
                .statusCode(200)
                .body("days", equalTo(90))
                .body("lookedAt", equalTo(4))
                .body("accounts.account", contains("ahead-a", "ahead-b"))
                .body("accounts[0].stage", equalTo("Onboarding"))
                .body("accounts[0].changes.on", contains(start.plusDays(60).toString()))
                .body("accounts[1].changes.to", contains("Adopting", "Renewing"))
                .body(
                        "accounts[1].changes.on",
                        contains(
                                start.plusDays(60).toString(),
                                start.plusDays(80).toString()));
        api().get("/v1/forecast?days=366&after=ahead-b&limit=1")
                .then()
                .body("accounts.account", contains("ahead-c"))
                .body("accounts[0].changes.on", contains(start.plusDays(155).toString()))
                .body("next", equalTo("ahead-c"));
        api().get("/v1/forecast?days=59&after=ahead-&limit=2")
                .then()
                .body("accounts", hasSize(0))
                .body("lookedAt", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"days=0", "days=367", "days=soon", "limit=0", "limit=10001"})
    void aForecastOfNonsenseIsAProblem(String query) {
        // When
        api().get("/v1/forecast?" + query)
                // Then
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith(query.substring(0, query.indexOf('=')) + ": "));
    }

    @Test
    void tellsWhichInstancesHaveNotPingedForLongest() {
        // Given a customer whose instance pings, and one whose declared instances have stopped, and never begun
        tick(start);
        String contract = "\"seats\": 100, \"contractClosedOn\": \"" + start + "\"";
        tell("pings-on", contract);
        tell(
                "pings-off",
                contract + ", \"instances\": [\"pings-off-i1\", {\"id\": \"pings-off-new\", \"production\": false}]");
        awaitStages("pings-on", Stage.ONBOARDING);
        awaitStages("pings-off", Stage.ONBOARDING);
        ping("pings-off", "off-1", start.plusDays(1), ActiveUsers.of(1, 1), Map.of());
        ping("pings-on", "on-1", start.plusDays(5), ActiveUsers.of(1, 1), Map.of());

        // When the policy's three days have passed, for one of them
        tick(start.plusDays(5));
        await().untilAsserted(() -> assertThat(milestones("pings-off")).contains(EventType.INSTANCE_SILENT));
        await().untilAsserted(() ->
                assertThat(instances("pings-on").getList("instances")).hasSize(1));

        // Then
        JsonPath off = instances("pings-off");
        assertThat(off.getList("instances.instance")).containsExactly("pings-off-new", "pings-off-i1");
        assertThat(off.getList("instances.production")).containsExactly(false, true);
        assertThat(off.getList("instances.silent")).containsExactly(false, true);
        assertThat(off.getList("instances.lastPingAt")).first().isNull();
        assertThat(off.getString("instances[1].version")).isEqualTo("5.1.0");
        assertThat(off.getString("instances[1].stage")).isEqualTo("Onboarding");
        assertThat(off.getMap("counts")).isEqualTo(Map.of("instances", 2, "silent", 1, "neverPinged", 1));
        assertThat(instances("pings-on").getList("instances.silent")).containsExactly(false);
    }

    @Test
    void listsInstancesInPages() {
        // Given
        tick(start);
        tell(
                "pings-many",
                "\"seats\": 100, \"contractClosedOn\": \"" + start
                        + "\", \"instances\": [\"many-1\", \"many-2\", \"many-3\"]");
        awaitStages("pings-many", Stage.ONBOARDING);

        // When
        JsonPath first = api().get("/v1/instances?limit=2&account=pings-many").jsonPath();
        JsonPath second = api().get("/v1/instances?limit=2&account=pings-many&after=" + first.getString("next"))
                .jsonPath();

        // Then
        assertThat(first.getList("instances.instance")).containsExactly("many-1", "many-2");
        assertThat(second.getList("instances.instance")).containsExactly("many-3");
        assertThat(second.getString("next")).isNull();
        assertThat(second.getString("counts")).isNull();
        assertThat(api().get("/v1/instances?after=nonsense").statusCode()).isEqualTo(400);
        assertThat(api().get("/v1/instances?limit=501").jsonPath().getString("detail"))
                .isEqualTo("limit: 501 (expected: 1 to 500)");
    }

    private static JsonPath instances(String account) {
        return api().get("/v1/instances?account=" + account).jsonPath();
    }

    @Test
    void saysWhichVersionIsReadyAndWhatIsNotPublished() {
        await().untilAsserted(() -> {
            Map<String, Object> says =
                    given().get("/q/health/ready").jsonPath().getMap("checks.find { it.name == 'progress' }.data");
            assertThat(says).containsKeys("version", "outboxRows", "outboxOldestSeconds", "accountsPutOff");
            assertThat(says.get("ticks")).isEqualTo("from elsewhere");
        });
    }

    private void tell(String account, String facts) {
        api().body("{\"name\": \"" + account + "\", \"segment\": \"digital\", " + facts + "}")
                .put("/v1/accounts/" + account)
                .then()
                .statusCode(201);
    }

    private void tick(LocalDate day) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Event<TimeTick> tick = new Event<>(
                    tickId(day, partition),
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    "/test",
                    null,
                    tickOf(day),
                    null,
                    new TimeTick(tickOf(day)));
            send(EventCodec.toRecord(tick, partition));
        }
    }

    private static String tickId(LocalDate day, int partition) {
        return DecisionId.of("tick", day, partition);
    }

    /** An instance counts at noon. */
    private void ping(String account, String id, LocalDate day, ActiveUsers users, Map<String, Long> features) {
        Instant at = tickOf(day).minusSeconds(5 * 3_600);
        send(EventCodec.toRecord(Event.of(
                id,
                EventType.USAGE_PING,
                "/test",
                account,
                at,
                null,
                new UsagePing(account, account + "-i1", true, "5.1.0", at, at, users, features, null))));
    }

    private void use(String account, String id, String user, String feature, LocalDate day) {
        Instant at = tickOf(day).minusSeconds(5 * 3_600);
        send(EventCodec.toRecord(Event.of(
                id,
                EventType.USAGE_EVENT,
                "/test",
                account,
                at,
                null,
                new UsageEvent(id, account, null, user, feature, feature, null, at, at, null))));
    }

    private void send(ProducerRecord<String, byte[]> sent) {
        Future<RecordMetadata> acknowledged = kafka.send(sent);
        assertThat(acknowledged).succeedsWithin(Duration.ofSeconds(30));
    }

    private Topic topic(String name) {
        return new Topic(platform.bootstrapServers(), name);
    }

    private void awaitStages(String account, Stage... expected) {
        await().untilAsserted(() -> assertThat(stages(account)).containsExactly(expected));
    }

    private List<Stage> stages(String account) {
        return topic(Topics.LIFECYCLE_STAGES).eventsOf(account).stream()
                .map(event -> ((StageChanged) event.data()).to())
                .toList();
    }

    private List<EventType> milestones(String account) {
        return topic(Topics.LIFECYCLE_MILESTONES).eventsOf(account).stream()
                .<EventType>map(Event::type)
                .toList();
    }

    private List<UsageSummary> summaries(String account) {
        return topic(Topics.LIFECYCLE_USAGE).eventsOf(account).stream()
                .map(event -> (UsageSummary) event.data())
                .toList();
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer test").contentType("application/json");
    }
}
