package dev.stagecoach.lifecycle;

import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ActiveUsers;
import dev.stagecoach.events.ChangedBy;
import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Signal;
import dev.stagecoach.events.Signals;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people tell goes in over HTTP; health, churn and who did it come out: on the real Kafka and PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class HealthServiceTest {
    private static final int PARTITIONS = 3;
    private static final String PROBLEM = "application/problem+json";

    @InjectPlatform
    Platform platform;

    @Inject
    AgroalDataSource database;

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
    void usageAndSignalsMakeALevelThatExplainsItself() {
        // Given 40 of 100 seats in January
        tick(start);
        tell("ailing", "\"seats\": 100, \"contractClosedOn\": \"" + start + "\"");
        ping("ailing", start.withDayOfMonth(31), ActiveUsers.of(null, 40));
        tick(start.plusMonths(1));
        await().untilAsserted(() -> assertThat(levels("ailing")).containsExactly(HealthLevel.POOR));

        // When
        signals("ailing", """
                {"author": "dana@team.example", "championActive": true, "buyerAccess": true, "pulse": "healthy",
                 "defectTickets90Days": 1, "helpTickets90Days": 9}
                """)
                .statusCode(200)
                .body("pulse.value", equalTo("healthy"))
                .body("pulse.author", equalTo("dana@team.example"));

        // Then (55 × 0 + 45 × 10) / 100
        await().untilAsserted(
                        () -> assertThat(levels("ailing")).containsExactly(HealthLevel.POOR, HealthLevel.CONCERNING));
        ConsumerRecord<String, byte[]> consumed =
                topic(Topics.LIFECYCLE_HEALTH).recordsOf("ailing").get(1);
        assertThat(Topic.header(consumed, EventHeaders.TYPE)).isEqualTo("stagecoach.lifecycle.health-changed.v1");
        Event<?> told = last(Topics.ACCOUNTS, "ailing");
        assertThat(Topic.header(consumed, EventHeaders.CAUSATION_ID)).isEqualTo(told.id());
        HealthChanged change = (HealthChanged) Topic.event(consumed).data();
        assertThat(change.score()).isEqualTo(4.5);
        assertThat(change.from()).isEqualTo(HealthLevel.POOR);
        assertThat(change.reasons()).contains("champion active is yes (healthy: yes), was unknown");
        assertThat(change.policyVersion()).hasSize(12);
        AccountFacts facts = (AccountFacts) told.data();
        assertThat(facts.changedBy()).isEqualTo(new ChangedBy("dana@team.example", "signals", null));
        assertThat(facts.signalsOrNone().defectTickets90Days())
                .isEqualTo(new Signal<>(1, start.plusMonths(1), "dana@team.example"));
        api().get("/v1/accounts/ailing/health")
                .then()
                .statusCode(200)
                .body("level", equalTo("concerning"))
                .body("score", equalTo(4.5f))
                .body("since", equalTo(start.plusMonths(1).toString()))
                .body("equation", equalTo("standard"))
                .body("categories.name", contains("utilization", "technical", "relationship", "pulse"))
                .body("categories[0].measures[0].value", equalTo(0.4f))
                .body("categories[0].measures[0].points", equalTo(0))
                .body("categories[0].measures[1].value", nullValue())
                .body("reasons", hasItem("champion active is yes (healthy: yes), was unknown"))
                .body("trend.days", hasSize(1))
                .body("trend.days[0].score", equalTo(4.5f))
                .body("trend.last30Days", nullValue());
        api().get("/v1/accounts?health=concerning&after=ailin&limit=1")
                .then()
                .statusCode(200)
                .body("accounts.facts.account", contains("ailing"))
                .body("accounts.health", contains("concerning"));
        api().get("/v1/accounts?health=poor&limit=500").then().body("accounts.facts.account", not(hasItem("ailing")));
        api().get("/v1/accounts?health=concerning&stage=Renewing&limit=500")
                .then()
                .body("accounts.facts.account", not(hasItem("ailing")));

        // and what would lift it, and what time alone will do
        api().get("/v1/accounts/ailing/why")
                .then()
                .statusCode(200)
                .body("health.level", equalTo("concerning"))
                .body("health.score", equalTo(4.5f))
                .body("health.nearestMiss.level", equalTo("healthy"))
                .body("health.nearestMiss.measures", contains("mau-per-seat"))
                .body("health.nearestMiss.needs", equalTo("needs MAU per seat at least 50 % (is 40 %)"))
                .body(
                        "health.next.on",
                        equalTo(start.plusMonths(1).plusDays(121).toString()))
                .body("health.next.to", equalTo("poor"));
    }

    @Test
    void timeAloneWorsensTheHealthOfAnAccountAtRest() {
        // Given a conversation today, and nothing else known
        tick(start);
        tell("silent", "\"contractClosedOn\": \"" + start.minusDays(100) + "\"");
        signals("silent", "{\"author\": \"dana@team.example\", \"lastContactOn\": \"" + start + "\"}")
                .statusCode(200);
        await().untilAsserted(() -> assertThat(levels("silent")).containsExactly(HealthLevel.HEALTHY));

        // When
        tick(start.plusDays(14));
        tick(start.plusDays(15));
        tick(start.plusDays(29));
        tick(start.plusDays(30));

        // Then
        await().untilAsserted(() -> assertThat(levels("silent"))
                .containsExactly(HealthLevel.HEALTHY, HealthLevel.CONCERNING, HealthLevel.POOR));
        List<Event<?>> changes = topic(Topics.LIFECYCLE_HEALTH).eventsOf("silent");
        assertThat(changes)
                .extracting(Event::time)
                .containsExactly(tickOf(start), tickOf(start.plusDays(15)), tickOf(start.plusDays(30)));
        assertThat(((HealthChanged) changes.get(2).data()).reasons())
                .containsExactly("days since last contact is 30 (poor: at least 30), was 15 (concerning)");
        api().get("/v1/accounts/silent/health")
                .then()
                .body("level", equalTo("poor"))
                .body("trend.last30Days", equalTo(-10.0f))
                .body("trend.last90Days", nullValue())
                .body("trend.days.size()", equalTo(31))
                .body("trend.days[14].score", equalTo(10.0f))
                .body("trend.days[15].score", equalTo(5.0f))
                .body("trend.days[30].score", equalTo(0.0f));
    }

    @Test
    void aSignalIsClearedByNullAndKeptWhenLeftOut() {
        // Given
        tick(start);
        tell("keep", "\"contractClosedOn\": \"" + start + "\"");
        signals("keep", "{\"author\": \"dana\", \"pulse\": \"poor\", \"championActive\": false}")
                .statusCode(200);
        tick(start.plusDays(3));
        await().untilAsserted(() -> api().get("/v1/accounts/keep/health").then().body("level", equalTo("poor")));

        // When
        signals("keep", "{\"author\": \"ali\", \"championActive\": null, \"buyerAccess\": true}")
                .statusCode(200)
                .body("championActive", nullValue())
                .body("pulse.author", equalTo("dana"))
                .body("pulse.asOf", equalTo(start.toString()))
                .body("buyerAccess.author", equalTo("ali"))
                .body("buyerAccess.asOf", equalTo(start.plusDays(3).toString()));
        api().body("{\"name\": \"Keep\", \"segment\": \"digital\", \"contractClosedOn\": \"" + start + "\"}")
                .put("/v1/accounts/keep")
                .then()
                .statusCode(200);

        // Then
        await().untilAsserted(() ->
                assertThat(topic(Topics.ACCOUNTS).eventsOf("keep")).hasSize(4));
        AccountFacts facts = (AccountFacts) last(Topics.ACCOUNTS, "keep").data();
        assertThat(facts.name()).isEqualTo("Keep");
        assertThat(facts.changedBy()).isNull();
        Signals kept = facts.signalsOrNone();
        assertThat(kept.championActive()).isNull();
        assertThat(kept.pulse()).isNotNull();
        assertThat(kept.buyerAccess()).isNotNull();
    }

    @Test
    void whatIsToldAgainChangesNothing() {
        // Given
        tick(start);
        tell("again", "\"contractClosedOn\": \"" + start + "\"");
        String body = "{\"author\": \"dana\", \"pulse\": \"poor\"}";
        signals("again", body).statusCode(200);

        // When
        signals("again", body).statusCode(200);
        signals("again", "{\"author\": \"dana\", \"pulse\": \"healthy\"}").statusCode(200);

        // Then
        await().untilAsserted(() ->
                assertThat(topic(Topics.ACCOUNTS).eventsOf("again")).hasSize(3));
        api().get("/v1/accounts/again/history").then().body("findAll { it.data.act == 'signals' }.size()", equalTo(2));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"pulse":"poor"}                                       | 400 | author
                    {"author":"  ","pulse":"poor"}                         | 400 | author
                    {"author":"dana"}                                      | 400 | nothing is told
                    {"author":"dana","puls":"poor"}                        | 400 | puls
                    {"author":"dana","pulse":"splendid"}                   | 400 | splendid
                    {"author":"dana","championActive":"perhaps"}           | 400 | championActive
                    {"author":"dana","defectTickets90Days":1.5}            | 400 | defectTickets90Days
                    {"author":"dana","defectTickets90Days":-1}             | 422 | defectTickets90Days: -1
                    {"author":"dana","helpTickets90Days":-7}               | 422 | helpTickets90Days: -7
                    {"author":"dana","lastContactOn":"2999-01-01"}         | 422 | lastContactOn: 2999-01-01
                    {"author":"dana","lastContactOn":"yesterday"}          | 400 | lastContactOn
                    [1]                                                    | 400 | JSON object
                    """)
    void aSignalThatCannotBeIsNamed(String body, int status, String named) {
        // Given
        tick(start);
        tell("odd-" + start.getYear(), "\"contractClosedOn\": \"" + start + "\"");

        // When
        signals("odd-" + start.getYear(), body)
                // Then
                .statusCode(status)
                .contentType(PROBLEM)
                .body("detail", containsString(named));
        assertThat(topic(Topics.ACCOUNTS).eventsOf("odd-" + start.getYear())).hasSizeLessThan(2);
    }

    @Test
    void aChurnThatAPersonRecordsChurnsBeforeTheTermEnds() {
        // Given
        tick(start);
        tell("leaving", "\"contractClosedOn\": \"" + start + "\", \"renewsOn\": \"" + start.plusDays(365) + "\"");
        signals("leaving", "{\"author\": \"dana\", \"pulse\": \"poor\"}").statusCode(200);
        await().untilAsserted(() -> assertThat(levels("leaving")).containsExactly(HealthLevel.POOR));

        // When
        post("leaving/churn", "{\"author\": \"alan@team.example\", \"reason\": \"the team was dissolved\"}")
                .statusCode(200)
                .body("churnedOn", equalTo(start.toString()));

        // Then
        await().untilAsserted(() -> assertThat(stages("leaving")).containsExactly(Stage.ONBOARDING, Stage.CHURNED));
        StageChanged change =
                (StageChanged) last(Topics.LIFECYCLE_STAGES, "leaving").data();
        assertThat(change.reason().clause()).isEqualTo("churn-recorded");
        Event<?> told = last(Topics.ACCOUNTS, "leaving");
        assertThat(last(Topics.LIFECYCLE_STAGES, "leaving").causationId()).isEqualTo(told.id());
        assertThat(((AccountFacts) told.data()).changedBy())
                .isEqualTo(new ChangedBy("alan@team.example", "churn", "the team was dissolved"));
        await().untilAsserted(
                        () -> assertThat(levels("leaving")).containsExactly(HealthLevel.POOR, HealthLevel.UNKNOWN));
        api().get("/v1/accounts/leaving/history")
                .then()
                .body("find { it.id == '" + told.id() + "' }.type", equalTo("stagecoach.account.facts.v1"))
                .body("find { it.id == '" + told.id() + "' }.data.author", equalTo("alan@team.example"))
                .body("find { it.id == '" + told.id() + "' }.data.note", equalTo("the team was dissolved"))
                .body("find { it.id == '" + told.id() + "' }.data.request.reason", equalTo("the team was dissolved"));

        // and it was a mistake
        api().delete("/v1/accounts/leaving/churn?author=alan@team.example")
                .then()
                .statusCode(200)
                .body("churnedOn", nullValue());
        await().untilAsserted(() ->
                assertThat(stages("leaving")).containsExactly(Stage.ONBOARDING, Stage.CHURNED, Stage.ONBOARDING));
    }

    @Test
    void aRenewalIsRecordedWithItsAuthor() {
        // Given an account up for renewal, extended
        tick(start);
        LocalDate renewal = start.plusDays(50);
        tell(
                "renewing",
                "\"seats\": 10, \"contractClosedOn\": \"" + start.minusDays(300) + "\", \"renewsOn\": \"" + renewal
                        + "\"");
        await().untilAsserted(() -> assertThat(stages("renewing")).containsExactly(Stage.RENEWING));
        post("renewing/extension", "{\"author\": \"alan\", \"until\": \"" + renewal.plusDays(30) + "\"}")
                .statusCode(200)
                .body("extendedUntil", equalTo(renewal.plusDays(30).toString()));

        // When
        post(
                        "renewing/renewal",
                        "{\"author\": \"alan\", \"renewsOn\": \"" + renewal.plusYears(1)
                                + "\", \"seats\": 25, \"note\": \"two more teams\"}")
                .statusCode(200)
                .body("seats", equalTo(25))
                .body("renewsOn", equalTo(renewal.plusYears(1).toString()))
                .body("extendedUntil", nullValue());

        // Then
        await().untilAsserted(() -> assertThat(stages("renewing")).containsExactly(Stage.RENEWING, Stage.ADOPTING));
        assertThat(((AccountFacts) last(Topics.ACCOUNTS, "renewing").data()).changedBy())
                .isEqualTo(new ChangedBy("alan", "renewal", "two more teams"));
        api().get("/v1/accounts/renewing/history")
                .then()
                .body("findAll { it.data.act != null }.data.act", contains("renewal", "extension"));
    }

    @Test
    void actsThatContradictTheFactsAreRefused() {
        // Given
        tick(start);
        LocalDate renewal = start.plusDays(50);
        tell("strict", "\"contractClosedOn\": \"" + start + "\", \"renewsOn\": \"" + renewal + "\"");
        tell("a-deal", "\"expectedCloseOn\": \"" + renewal + "\"");

        // When
        post("strict/extension", "{\"author\": \"a\", \"until\": \"" + renewal.plusDays(31) + "\"}")
                // Then
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", containsString("at most 30 days"));
        post("strict/renewal", "{\"author\": \"a\", \"renewsOn\": \"" + renewal + "\"}")
                .statusCode(422)
                .body("detail", containsString("after " + renewal));
        post("strict/renewal", "{\"author\": \"a\"}").statusCode(400).body("detail", containsString("renewsOn"));
        post("strict/renewal", "{\"renewsOn\": \"" + renewal.plusDays(9) + "\"}")
                .statusCode(400)
                .body("detail", containsString("author"));
        post("strict/churn", "{\"author\": \"a\"}").statusCode(400).body("detail", containsString("reason"));
        post("strict/churn", "{\"author\": \"a\", \"reason\": \"r\", \"on\": \"" + start.minusDays(1) + "\"}")
                .statusCode(422)
                .body("detail", containsString("contractClosedOn"));
        post("strict/churn", "{\"author\": \"a\", \"reason\": \"" + "x".repeat(2_001) + "\"}")
                .statusCode(422)
                .body("detail", containsString("2000"));
        post("a-deal/churn", "{\"author\": \"a\", \"reason\": \"r\"}")
                .statusCode(422)
                .body("detail", containsString("no contract"));
        post("a-deal/extension", "{\"author\": \"a\", \"until\": \"" + renewal + "\"}")
                .statusCode(422)
                .body("detail", containsString("renewsOn"));
        post("strict/renewal", "{\"author\": \"a\", \"renewsOn\": \"" + renewal.plusDays(9) + "\", \"seats\": 0}")
                .statusCode(422)
                .body("detail", containsString("seats: 0 (expected: >= 1"));
        post("strict/renewal", "{\"author\": \"a\", \"renewsOn\": \"2201-01-01\"}")
                .statusCode(422)
                .body("detail", containsString("renewsOn: 2201-01-01 (expected: 1990-01-01 to 2200-12-31)"));
        post("strict/extension", "{\"author\": \"a\", \"until\": \"+999999999-12-31\"}")
                .statusCode(422)
                .body("detail", containsString("until: +999999999-12-31 (expected: 1990-01-01 to 2200-12-31)"));
        post("strict/churn", "{\"author\": \"a\", \"reason\": \"r\", \"on\": \"9999-12-31\"}")
                .statusCode(422)
                .body("detail", containsString("on: 9999-12-31 (expected: 1990-01-01 to 2200-12-31)"));
        post("strict/churn", "{\"author\": \"a\", \"reason\": \"r\\u0000\"}")
                .statusCode(422)
                .body("detail", containsString("reason: holds U+0000"));
        signals("strict", "{\"author\": \"a\", \"lastContactOn\": \"0002-02-02\"}")
                .statusCode(422)
                .body("detail", containsString("lastContactOn: 0002-02-02 (expected: 1990-01-01 to 2200-12-31)"));
        post("nobody/churn", "{\"author\": \"a\", \"reason\": \"r\"}")
                .statusCode(404)
                .contentType(PROBLEM);
        api().delete("/v1/accounts/strict/churn").then().statusCode(400).body("detail", containsString("author"));
        api().get("/v1/accounts/nobody/health").then().statusCode(404).contentType(PROBLEM);
        assertThat(topic(Topics.ACCOUNTS).eventsOf("strict")).hasSize(1);
    }

    @Test
    void aChurnAndARenewalBetweenTwoTicksAreBothDecided() {
        // Given
        tick(start);
        tell(
                "twice",
                "\"contractClosedOn\": \"" + start.minusDays(90) + "\", \"renewsOn\": \"" + start.plusDays(300) + "\"");

        // When
        post("twice/churn", "{\"author\": \"a\", \"reason\": \"r\"}").statusCode(200);
        post("twice/renewal", "{\"author\": \"a\", \"renewsOn\": \"" + start.plusDays(500) + "\"}")
                .statusCode(200);

        // Then
        await().untilAsserted(() ->
                assertThat(stages("twice")).containsExactly(Stage.ADOPTING, Stage.CHURNED, Stage.ADOPTING));
    }

    @Test
    void aTermThatIsOverIsNotRecorded() {
        // Given a contract that ended a week ago
        tick(start.plusDays(57));
        LocalDate renewal = start.plusDays(50);
        tell("too-late", "\"contractClosedOn\": \"" + start.minusDays(300) + "\", \"renewsOn\": \"" + renewal + "\"");

        // When
        post("too-late/extension", "{\"author\": \"a\", \"until\": \"" + start.plusDays(56) + "\"}")
                // Then
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", containsString("until: " + start.plusDays(56) + " is over"));
        post("too-late/renewal", "{\"author\": \"a\", \"renewsOn\": \"" + start.plusDays(55) + "\"}")
                .statusCode(422)
                .body("detail", containsString("renewsOn: " + start.plusDays(55) + " is over"));
        post("too-late/extension", "{\"author\": \"a\", \"until\": \"" + start.plusDays(57) + "\"}")
                .statusCode(200);
    }

    @Test
    void aRecordedRenewalIsNotUndoneByWhoeverTellsTheAccountAsItWas() {
        // Given an account that a system tells every night
        tick(start);
        LocalDate renewal = start.plusDays(50);
        String closed = "\"contractClosedOn\": \"" + start.minusDays(300) + "\", ";
        String everyNight = closed + "\"seats\": 10, \"renewsOn\": \"" + renewal + "\"";
        tell("nightly", everyNight);
        post("nightly/extension", "{\"author\": \"a\", \"until\": \"" + renewal.plusDays(20) + "\"}")
                .statusCode(200);
        tellAgain("nightly", everyNight)
                .body("extendedUntil", equalTo(renewal.plusDays(20).toString()));
        LocalDate renewed = renewal.plusYears(1);
        post("nightly/renewal", "{\"author\": \"a\", \"renewsOn\": \"" + renewed + "\", \"seats\": 25}")
                .statusCode(200);
        await().untilAsserted(() -> assertThat(stages("nightly")).containsExactly(Stage.RENEWING, Stage.ADOPTING));

        // When
        tellAgain("nightly", everyNight)
                // Then
                .body("renewsOn", equalTo(renewed.toString()))
                .body("seats", equalTo(25))
                .body("extendedUntil", nullValue());
        api().contentType("text/csv")
                .body(("account,name,segment,contractClosedOn,seats,renewsOn\nnightly,nightly,digital,"
                                + start.minusDays(300) + ",10," + renewal + "\n")
                        .getBytes(StandardCharsets.UTF_8))
                .post("/v1/accounts/import")
                .then()
                .statusCode(200);
        assertThat(topic(Topics.ACCOUNTS).eventsOf("nightly")).hasSize(3);

        // and once the system knows, it is told by it alone
        tellAgain("nightly", closed + "\"seats\": 20, \"renewsOn\": \"" + renewed.plusDays(1) + "\"")
                .body("seats", equalTo(20));
        tellAgain("nightly", closed + "\"seats\": 20, \"renewsOn\": \"" + renewed.minusDays(1) + "\"")
                .body("renewsOn", equalTo(renewed.minusDays(1).toString()));
    }

    @Test
    void healthIsUnknownBeforeTheFirstTick() throws SQLException {
        // Given
        tick(start);
        tell("before-ticks", "\"contractClosedOn\": \"" + start + "\"");
        execute("create table clock_aside as select * from partition_clock; delete from partition_clock");
        try {
            // When
            api().get("/v1/accounts/before-ticks/health")
                    .then()
                    // Then
                    .statusCode(200)
                    .body("trend.last30Days", nullValue())
                    .body("trend.days", hasSize(0));
            // and what needs the day has to wait
            signals("before-ticks", "{\"author\": \"a\", \"pulse\": \"poor\"}")
                    .statusCode(503)
                    .contentType(PROBLEM)
                    .header("Retry-After", "5");
        } finally {
            execute("insert into partition_clock select * from clock_aside; drop table clock_aside");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ValidatableResponse tellAgain(String account, String facts) {
        return api().body("{\"name\": \"" + account + "\", \"segment\": \"digital\", " + facts + "}")
                .put("/v1/accounts/" + account)
                .then()
                .statusCode(200);
    }

    private void tell(String account, String facts) {
        api().body("{\"name\": \"" + account + "\", \"segment\": \"digital\", " + facts + "}")
                .put("/v1/accounts/" + account)
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse signals(String account, String body) {
        return api().body(body).put("/v1/accounts/" + account + "/signals").then();
    }

    private static ValidatableResponse post(String path, String body) {
        return api().body(body).post("/v1/accounts/" + path).then();
    }

    /** Every partition is awaited: what people tell bears the date of the last tick. */
    private void tick(LocalDate day) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Event<TimeTick> tick = new Event<>(
                    DecisionId.of("tick", day, partition),
                    EventType.TIME_TICK,
                    Topics.TIME_TICKS,
                    "/test",
                    null,
                    tickOf(day),
                    null,
                    new TimeTick(tickOf(day)));
            send(EventCodec.toRecord(tick, partition));
        }
        await().untilAsserted(() -> assertThat(clocks()).hasSize(PARTITIONS).allMatch(tickOf(day)::equals));
    }

    private List<Instant> clocks() throws SQLException {
        List<Instant> clocks = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select at from partition_clock")) {
            while (rows.next()) {
                clocks.add(rows.getObject(1, OffsetDateTime.class).toInstant());
            }
        }
        return clocks;
    }

    /** An instance counts at noon. */
    private void ping(String account, LocalDate day, ActiveUsers users) {
        Instant at = tickOf(day).minusSeconds(5 * 3_600);
        send(EventCodec.toRecord(Event.of(
                account + "-" + day,
                EventType.USAGE_PING,
                "/test",
                account,
                at,
                null,
                new UsagePing(account, account + "-i1", true, "5.1.0", at, at, users, Map.of(), null))));
    }

    private void send(ProducerRecord<String, byte[]> sent) {
        assertThat(kafka.send(sent)).succeedsWithin(Duration.ofSeconds(30));
    }

    private Topic topic(String name) {
        return new Topic(platform.bootstrapServers(), name);
    }

    private Event<?> last(String topic, String account) {
        List<Event<?>> events = topic(topic).eventsOf(account);
        return events.get(events.size() - 1);
    }

    private List<HealthLevel> levels(String account) {
        return topic(Topics.LIFECYCLE_HEALTH).eventsOf(account).stream()
                .map(event -> ((HealthChanged) event.data()).to())
                .toList();
    }

    private List<Stage> stages(String account) {
        return topic(Topics.LIFECYCLE_STAGES).eventsOf(account).stream()
                .map(event -> ((StageChanged) event.data()).to())
                .toList();
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer test").contentType("application/json");
    }
}
