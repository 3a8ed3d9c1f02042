package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.event;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Reason;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The portfolio, told over Kafka and read over HTTP. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class PortfolioTest {
    private static final LocalDate TODAY = LocalDate.of(2025, 9, 1);

    @InjectPlatform
    Platform platform;

    @Inject
    JdbcPortfolio portfolio;

    private Bench bench;

    @BeforeEach
    void itIsSeptember() {
        bench = new Bench(platform, "alerts");
        Event<TimeTick> tick = new Event<>(
                "tick-" + TODAY,
                EventType.TIME_TICK,
                Topics.TIME_TICKS,
                "/test",
                null,
                at(TODAY),
                null,
                new TimeTick(at(TODAY)));
        bench.send(List.of(EventCodec.toRecord(tick, 0)));
    }

    private static Instant at(LocalDate day) {
        return day.atTime(9, 0).toInstant(ZoneOffset.UTC);
    }

    private static Event<AccountFacts> facts(String id, String name, LocalDate closedOn, LocalDate renewsOn) {
        return event(
                id,
                at(closedOn),
                EventType.ACCOUNT_FACTS,
                new AccountFacts(
                        id,
                        name,
                        Segment.SCALED,
                        List.of(Product.CODY),
                        200,
                        false,
                        null,
                        null,
                        closedOn,
                        renewsOn,
                        null,
                        ZoneOffset.UTC,
                        new Owners("tess@" + id, "axel@" + id),
                        List.of(),
                        null));
    }

    private static Event<StageChanged> stage(String id, Stage stage, LocalDate since) {
        return event(
                id,
                at(since),
                EventType.STAGE_CHANGED,
                new StageChanged(id, null, stage, at(since), new Reason("entered", List.of(), null, "1")));
    }

    private static Event<UsageSummary> usage(String id, @Nullable Double utilization, @Nullable Double usage) {
        return event(
                id,
                at(TODAY),
                EventType.USAGE_SUMMARY,
                new UsageSummary(
                        id,
                        at(TODAY),
                        YearMonth.of(2025, 8),
                        utilization == null ? null : (int) Math.round(utilization * 200),
                        usage == null ? null : 10.0,
                        200,
                        utilization,
                        usage,
                        "last-closed-month",
                        "ping",
                        UsageSummary.Current.UNKNOWN));
    }

    private static Event<HealthChanged> health(String id, HealthLevel level, @Nullable Double score, LocalDate day) {
        return event(
                id,
                at(day),
                EventType.HEALTH_CHANGED,
                new HealthChanged(
                        id, HealthLevel.UNKNOWN, level, score, at(day), "customers", List.of(), List.of(), "1"));
    }

    private PortfolioLine only(String search) {
        bench.awaitRest(KafkaInputs.TOPICS);
        List<PortfolioLine> lines =
                portfolio.show(PortfolioQuery.of(Map.of("q", search))).lines();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private List<String> found(String... parameters) {
        Map<String, String> query = new java.util.HashMap<>();
        for (int place = 0; place < parameters.length; place += 2) {
            query.put(parameters[place], parameters[place + 1]);
        }
        return portfolio.show(PortfolioQuery.of(query)).lines().stream()
                .map(PortfolioLine::id)
                .toList();
    }

    @Test
    void anAccountIsListedWithAllThatIsKnownOfIt() {
        // Given
        LocalDate closedOn = TODAY.minusDays(200);

        // When
        bench.send(
                facts("p-all", "Whole Grain", closedOn, TODAY.plusDays(165)),
                stage("p-all", Stage.ADOPTING, TODAY.minusDays(112)),
                usage("p-all", 0.68, 0.24),
                health("p-all", HealthLevel.POOR, 2.5, TODAY.minusDays(60)),
                health("p-all", HealthLevel.CONCERNING, 6.1, TODAY.minusDays(20)));

        // Then
        PortfolioLine line = only("p-all");
        assertThat(line.stage()).isEqualTo("Adopting");
        assertThat(line.stageDays()).isEqualTo(112);
        assertThat(line.utilizationText()).isEqualTo("68 %");
        assertThat(line.utilizationTitle()).isEqualTo("136 of 200 seats");
        assertThat(line.usageText()).isEqualTo("24 %");
        assertThat(line.level()).isEqualTo(HealthLevel.CONCERNING);
        assertThat(line.scores()).containsExactly(2.5, 6.1);
        assertThat(line.renewsIn()).isEqualTo("in 165 days");
        assertThat(line.owners()).isEqualTo("tess@p-all, axel@p-all");
        given().get("/?q=p-all")
                .then()
                .statusCode(200)
                .body(containsString("Whole Grain"))
                .body(containsString("1–1 of 1 account<"));
    }

    @Test
    void whatIsNotKnownSaysWhy() {
        // When
        bench.send(facts("p-new", "Fresh Start", TODAY, TODAY.plusDays(365)), usage("p-new", null, null));

        // Then
        PortfolioLine line = only("p-new");
        assertThat(line.utilizationTitle()).isEqualTo("no closed month yet");
        assertThat(line.level()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(line.stage()).isEqualTo("No stage yet");
        assertThat(line.reasons()).isEmpty();
    }

    @Test
    void repeatedAndOlderRecordsChangeNothing() {
        // Given
        Event<?>[] events = {
            facts("p-again", "Again", TODAY.minusDays(90), TODAY.plusDays(200)),
            stage("p-again", Stage.ONBOARDING, TODAY.minusDays(90)),
            stage("p-again", Stage.ADOPTING, TODAY.minusDays(30)),
            health("p-again", HealthLevel.POOR, 1.0, TODAY.minusDays(30)),
            health("p-again", HealthLevel.HEALTHY, 9.0, TODAY.minusDays(10))
        };
        bench.send(events);
        PortfolioLine before = only("p-again");

        // When
        bench.send(events);

        // Then
        assertThat(only("p-again")).isEqualTo(before);
        assertThat(before.scores()).containsExactly(1.0, 9.0);
        assertThat(before.stage()).isEqualTo("Adopting");
    }

    @Test
    void ofTwoChangesOfHealthAtOneTickTheSecondStands() {
        // When
        bench.send(
                health("p-tick", HealthLevel.HEALTHY, 9.0, TODAY),
                health("p-tick", HealthLevel.UNKNOWN, null, TODAY),
                health("p-tick", HealthLevel.CONCERNING, 5.0, TODAY));
        bench.awaitRest(KafkaInputs.TOPICS);

        // Then
        PortfolioLine line = only("p-tick");
        assertThat(line.level()).isEqualTo(HealthLevel.CONCERNING);
        assertThat(line.score()).isEqualTo(5.0);
    }

    @Test
    void whoIsPastTheRenewalIsAmongThoseWhoRenewSoon() {
        // When
        bench.send(
                facts("p-past", "Past", TODAY.minusDays(400), TODAY.minusDays(3)),
                stage("p-past", Stage.RENEWING, TODAY.minusDays(100)),
                facts("p-past-gone", "Gone", TODAY.minusDays(400), TODAY.minusDays(30)),
                stage("p-past-gone", Stage.CHURNED, TODAY.minusDays(29)));
        bench.awaitRest(KafkaInputs.TOPICS);

        // Then
        assertThat(found("q", "p-past", "renews", "20")).containsExactly("p-past");
    }

    @Test
    void theTrendKeepsTheLatestEightScores() {
        // When
        for (int day = 0; day < 10; day++) {
            bench.send(health("p-trend", HealthLevel.POOR, (double) day, TODAY.minusDays(30L - day)));
        }

        // Then
        assertThat(only("p-trend").scores()).containsExactly(2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    }

    @Test
    void attentionHasItsPoints() {
        // Given
        List<Judged> table = List.of(
                new Judged(Stage.NURTURING, 200, 165, 0.80, 0.30, HealthLevel.HEALTHY, 0),
                new Judged(Stage.NURTURING, 200, 165, 0.80, 0.30, HealthLevel.POOR, 40),
                new Judged(Stage.ADOPTING, 200, 165, 0.60, 0.30, HealthLevel.CONCERNING, 20),
                new Judged(Stage.RENEWING, 300, 120, 0.79, 0.30, HealthLevel.HEALTHY, 30),
                new Judged(Stage.RENEWING, 300, 120, 0.80, 0.29, HealthLevel.HEALTHY, 30),
                new Judged(Stage.RENEWING, 300, 120, 0.80, 0.30, HealthLevel.HEALTHY, 0),
                new Judged(Stage.ADOPTING, 300, 121, 0.79, 0.30, HealthLevel.HEALTHY, 0),
                new Judged(Stage.RENEWING, 300, 120, null, null, HealthLevel.UNKNOWN, 10),
                new Judged(Stage.ONBOARDING, 45, 320, 0.49, null, HealthLevel.UNKNOWN, 30),
                new Judged(Stage.ONBOARDING, 44, 320, 0.49, null, HealthLevel.UNKNOWN, 0),
                new Judged(Stage.ONBOARDING, 45, 320, 0.50, null, HealthLevel.UNKNOWN, 0),
                new Judged(Stage.ONBOARDING, 45, 320, null, null, HealthLevel.UNKNOWN, 0),
                new Judged(Stage.ADOPTING, 200, 165, 0.49, 0.30, HealthLevel.HEALTHY, 10),
                new Judged(Stage.RENEWING, 300, 10, 0.10, 0.10, HealthLevel.POOR, 80),
                new Judged(Stage.CHURNED, 400, -10, 0.10, 0.10, HealthLevel.POOR, 0),
                new Judged(Stage.PROSPECT, -10, 365, null, null, HealthLevel.UNKNOWN, 0));

        // When
        bench.send(table.stream().flatMap(Judged::events).toArray(Event<?>[]::new));
        bench.awaitRest(KafkaInputs.TOPICS);

        // Then
        Map<String, Integer> points = portfolio.show(PortfolioQuery.of(Map.of("q", "p-points"))).lines().stream()
                .collect(Collectors.toMap(PortfolioLine::id, PortfolioLine::attention));
        assertThat(points).isEqualTo(table.stream().collect(Collectors.toMap(Judged::id, Judged::points)));
    }

    /**
     * A row of the rule's table.
     *
     * @param day since the contract was closed
     * @param renewsIn days
     */
    private record Judged(
            Stage stage,
            int day,
            int renewsIn,
            @Nullable Double utilization,
            @Nullable Double usage,
            HealthLevel health,
            int points) {
        String id() {
            return String.join(
                    "-",
                    "p-points",
                    stage.wireName(),
                    "" + day,
                    "" + renewsIn,
                    "" + utilization,
                    "" + usage,
                    health.wireName());
        }

        Stream<Event<?>> events() {
            return Stream.of(
                    PortfolioTest.facts(id(), id(), TODAY.minusDays(day), TODAY.plusDays(renewsIn)),
                    PortfolioTest.stage(id(), stage, TODAY.minusDays(1)),
                    PortfolioTest.usage(id(), utilization, usage),
                    PortfolioTest.health(id(), health, null, TODAY.minusDays(1)));
        }
    }

    @Test
    void filtersAndSorts() {
        // Given
        bench.send(
                facts("p-sort-a", "Zebra", TODAY.minusDays(200), TODAY.plusDays(165)),
                stage("p-sort-a", Stage.ADOPTING, TODAY.minusDays(100)),
                usage("p-sort-a", 0.6, 0.2),
                facts("p-sort-b", "Yak", TODAY.minusDays(300), TODAY.plusDays(20)),
                stage("p-sort-b", Stage.RENEWING, TODAY.minusDays(10)),
                usage("p-sort-b", 0.9, 0.1),
                health("p-sort-b", HealthLevel.POOR, 1.0, TODAY.minusDays(5)),
                facts("p-sort-c", "Xerus", TODAY.minusDays(10), TODAY.plusDays(355)),
                stage("p-sort-c", Stage.ONBOARDING, TODAY.minusDays(10)));
        bench.awaitRest(KafkaInputs.TOPICS);

        // Then
        assertThat(found("q", "p-sort")).containsExactly("p-sort-b", "p-sort-a", "p-sort-c");
        assertThat(found("q", "P-SORT", "sort", "name")).containsExactly("p-sort-c", "p-sort-b", "p-sort-a");
        assertThat(found("q", "p-sort", "sort", "name", "dir", "desc"))
                .containsExactly("p-sort-a", "p-sort-b", "p-sort-c");
        assertThat(found("q", "p-sort", "sort", "stage")).containsExactly("p-sort-c", "p-sort-a", "p-sort-b");
        assertThat(found("q", "p-sort", "sort", "utilization")).containsExactly("p-sort-a", "p-sort-b", "p-sort-c");
        assertThat(found("q", "p-sort", "sort", "utilization", "dir", "desc"))
                .containsExactly("p-sort-b", "p-sort-a", "p-sort-c");
        assertThat(found("q", "p-sort", "sort", "usage")).containsExactly("p-sort-b", "p-sort-a", "p-sort-c");
        assertThat(found("q", "p-sort", "sort", "renews")).containsExactly("p-sort-b", "p-sort-a", "p-sort-c");
        assertThat(found("q", "p-sort", "stage", "Renewing")).containsExactly("p-sort-b");
        assertThat(found("q", "p-sort", "health", "unknown")).containsExactly("p-sort-a", "p-sort-c");
        assertThat(found("owner", "axel@p-sort-c")).containsExactly("p-sort-c");
        assertThat(found("q", "p-sort", "renews", "20")).containsExactly("p-sort-b");
        assertThat(found("q", "p-sort", "renews", "19")).isEmpty();
        assertThat(found("q", "p-sort", "segment", "digital")).isEmpty();
        assertThat(found("q", "zebra p-sort-a", "segment", "scaled")).containsExactly("p-sort-a");
        assertThat(found("q", "p%sort")).isEmpty();
        assertThat(found("q", "p-sort", "page", "2")).isEmpty();
    }

    @Test
    void countsWhatTheOtherFiltersLeave() {
        // Given
        bench.send(
                facts("p-count-a", "A", TODAY, TODAY),
                stage("p-count-a", Stage.ADOPTING, TODAY),
                facts("p-count-b", "B", TODAY, TODAY),
                stage("p-count-b", Stage.ADOPTING, TODAY),
                health("p-count-b", HealthLevel.POOR, 1.0, TODAY),
                facts("p-count-c", "C", TODAY, TODAY));
        bench.awaitRest(KafkaInputs.TOPICS);

        // When
        PortfolioPage page = portfolio.show(PortfolioQuery.of(Map.of("q", "p-count", "stage", "Adopting")));

        // Then
        assertThat(page.found()).isEqualTo(2);
        assertThat(page.counts().all()).isEqualTo(3);
        assertThat(page.counts().in(Stage.ADOPTING)).isEqualTo(2);
        assertThat(page.counts().of(HealthLevel.POOR)).isEqualTo(1);
        assertThat(page.stages())
                .filteredOn(PortfolioPage.Filter::chosen)
                .extracting(PortfolioPage.Filter::link)
                .containsExactly("/?q=p-count");
    }

    @Test
    void theTableForSpreadsheetsHoldsNoFormula() throws IOException {
        // Given
        bench.send(
                facts("p-csv-1", "=HYPERLINK(\"http://evil.example\")", TODAY, TODAY.plusDays(1)),
                facts("p-csv-2", "Plain, \"quoted\"", TODAY, TODAY.plusDays(1)),
                usage("p-csv-2", 0.5, null),
                facts("p-csv-3", "Semicolon;=WEBSERVICE(A1)", TODAY, TODAY.plusDays(1)),
                facts("p-csv-4", "Tab\t@SUM(A1), -1", TODAY, TODAY.plusDays(1)));
        bench.awaitRest(KafkaInputs.TOPICS);

        // When
        String text = given().get("/portfolio.csv?q=p-csv&sort=name")
                .then()
                .statusCode(200)
                .contentType("text/csv; charset=utf-8")
                .extract()
                .asString();

        // Then
        List<CSVRecord> records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text))
                .getRecords();
        assertThat(records)
                .extracting(row -> row.get("name"))
                .containsExactly(
                        "'=HYPERLINK(\"http://evil.example\")",
                        "Plain, \"quoted\"",
                        "Semicolon;'=WEBSERVICE(A1)",
                        "Tab\t'@SUM(A1), -1");
        assertThat(records).extracting(row -> row.get("utilization")).containsExactly("", "0.5", "", "");
    }

    @Test
    void namesStayText() {
        // When
        bench.send(facts("p-evil", "<img src=x onerror=alert(1)>\"'", TODAY, TODAY));

        // Then
        only("p-evil");
        given().queryParam("q", "\"><script>alert(1)</script>")
                .get("/")
                .then()
                .statusCode(200)
                .body(not(containsString("<script>alert")));
        given().get("/?q=p-evil")
                .then()
                .body(not(containsString("<img src=x")))
                .body(containsString("&lt;img src=x onerror=alert(1)&gt;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/?stage=nowhere | stage: nowhere (expected",
                "/?health=fine | health: fine (expected",
                "/?segment=none | segment: none (expected",
                "/?renews=soon | renews: soon (expected: a whole number from 1 to 3650)",
                "/?sort=luck | sort: luck (expected one of: attention, name,",
                "/?dir=up | dir: up (expected one of: asc, desc)",
                "/?page=0 | page: 0 (expected: a whole number",
                "/portfolio.csv?sort=luck | sort: luck (expected"
            })
    void saysWhichParameterIsWrong(String path, String detail) {
        given().get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }
}
