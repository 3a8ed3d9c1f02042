package dev.stagecoach.alerts.adapter;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.stagecoach.alerts.adapter.AccountStories.Story;
import dev.stagecoach.events.Event;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of an account, from topics to HTML. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class AccountPageTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src|data-series)=\"(/[^\"#]*)");

    @InjectPlatform
    Platform platform;

    private Bench bench;

    @BeforeEach
    void connect() {
        bench = new Bench(platform, "alerts");
    }

    @Test
    void healthIsThatOfTodayWhileLifecycleServiceAnswers() {
        // Given
        send(AccountStories.adopting("today"));
        PeerStandIn.answerTo("GET /v1/accounts/today/health", """
                {"account": "today", "level": "healthy", "score": 8.25, "since": "2025-03-01", "asOf": "2025-04-02",
                 "equation": "standard",
                 "categories": [{"name": "utilization", "weight": 55, "score": 10.0, "measures": [
                   {"name": "mau-per-seat", "value": 0.91, "points": 10, "why": "healthy: at least 80 %"}]}],
                 "reasons": [], "trend": {"last30Days": 3.25, "last90Days": null, "days": []}}""");

        // When
        String today = page("/accounts/today");
        PeerStandIn.forget();
        String told = page("/accounts/today");

        // Then
        assertThat(today)
                .contains(
                        "healthy</b> since",
                        ", 8.3 of 10",
                        "↗ +3.3 in 30 days",
                        "91 %",
                        "The figures are of 2 Apr 2025");
        assertThat(told)
                .contains(
                        "concerning</b> since",
                        "lifecycle-service does not answer: the figures are those of that moment");
    }

    @Test
    void thePageTellsHowAnAccountIsWhyAndWhatComesNext() {
        // Given
        Story story = AccountStories.adopting("story");

        // When
        send(story);

        // Then
        String page = page("/accounts/story");
        assertThat(page)
                .as("head")
                .contains("<h1>Blue Harbor Labs</h1>", "code-search", "ana@example.com", "13 Jan 2026")
                .as("journey")
                .contains("class=\"stage-adopting step-now\" aria-current=\"step\"")
                .contains("class=\"stage-prospect step-skipped\"")
                .contains("<time datetime=\"2025-01-13T00:00:00Z\" data-day>13 Jan 2025</time>")
                .contains("Renewing, as the renewal date is near", "by time alone 15 Sep 2025")
                .as("why")
                .contains("Why Adopting, and what Nurturing takes")
                .contains("75 % (188 of 250)", "≥ 80 %", "needs 12 more active users for 80 %")
                .contains("26 % (50.0 of 188)", "needs 6.4 more users on a mean day for 30 %")
                .as("health")
                .contains("concerning</b> since", ", 5.0 of 10", "↘ from 9.0", "Monthly users per seat", "75 %")
                .contains("Versions behind: the policy lists no releases")
                .as("features")
                .contains(">batch-changes</a>", "40 times in Feb 2025")
                .as("contacts, missing roles first")
                .containsSubsequence(
                        "instance-admin</span>", "nobody: mails to this role are not sent", "<span>champion</span>")
                .as("mails")
                .contains("1 not sent, 1 sent", "frequency cap: too many other mails")
                .as("answers")
                .contains("Contact c-1 answered the survey: 4 of 10", "<blockquote>Too slow</blockquote>")
                .as("alerts")
                .contains("Blue Harbor Labs entered Adopting");
        assertThat(page).as("no personal data of contacts").doesNotContain("Ada Example", "ada@example.com");
    }

    @Test
    void aCauseCanBeFollowedFromAMailToTheFactsThatLedToIt() {
        // Given
        Story story = AccountStories.adopting("causes");
        send(story);

        // When
        String mail = page(AccountStories.record("causes", "sent"));
        String stage = page(AccountStories.record("causes", "onboarding"));
        String facts = page(AccountStories.record("causes", "facts"));

        // Then
        assertThat(mail)
                .contains("<a href=\"/accounts/causes/records/causes-onboarding\">Entered Onboarding</a>")
                .contains("causes-sent", "outreach.messages-");
        assertThat(stage)
                .contains("<a href=\"/accounts/causes/records/causes-facts\">Facts entered</a>")
                .contains("because of <a href=\"/accounts/causes/records/causes-onboarding\">Entered Onboarding</a>");
        assertThat(facts).contains("No other record", "&quot;seats&quot; : 250");
    }

    @Test
    void repeatedRecordsAddNothingToTheHistory() {
        // Given
        Story story = AccountStories.adopting("again");
        send(story);
        String before = page("/accounts/again");

        // When
        bench.send(story.events().toArray(Event<?>[]::new));
        bench.awaitRest(KafkaInputs.TOPICS);

        // Then
        assertThat(page("/accounts/again")).isEqualTo(before);
    }

    @Test
    void theSeriesHasTheNumbersOfEachDayAndTheStages() {
        // Given
        send(AccountStories.adopting("series"));

        // When
        var series = given().get("/accounts/series/series.json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        // Then
        int recapped = series.getList("days", Long.class).indexOf(AccountStories.RECAPPED_DAY);
        int told = series.getList("days", Long.class).indexOf(AccountStories.SUMMARY_DAY);
        assertThat(series.getInt("daily[" + recapped + "]")).isEqualTo(61);
        assertThat(series.getList("daily").get(recapped + 1)).isNull();
        assertThat(series.getInt("monthly[" + told + "]")).isEqualTo(188);
        assertThat(series.getList("monthly").get(told - 1)).isNull();
        assertThat(series.getDouble("utilizationTarget")).isEqualTo(0.8);
        assertThat(series.getList("stages.stage")).containsExactly("Onboarding", "Adopting");
    }

    @Test
    void everythingThatComesFromOutsideStaysText() {
        // Given
        Story story = AccountStories.hostile("hostile'\"><i>");

        // When
        send(story);

        // Then
        List<String> pages = new ArrayList<>(List.of(page(story.link())));
        story.ids().forEach(id -> pages.add(page(story.link() + "/records/" + AccountStories.encoded(id))));
        assertThat(pages)
                .allSatisfy(page -> assertThat(page)
                        .doesNotContain("<script>", "<b>\"", "\"><i>", "onerror=\"")
                        .contains(AccountStories.ESCAPED));
        AccountStories.HOSTILE_FIELDS.forEach(
                field -> assertThat(pages).as(field).anyMatch(page -> page.contains(field + AccountStories.ESCAPED)));
    }

    @Test
    void everyLinkAndFileOfThePageIsThere() {
        // Given
        send(AccountStories.adopting("links"));

        // When
        Set<String> links = new TreeSet<>();
        Matcher found = LINK.matcher(page("/accounts/links"));
        while (found.find()) {
            links.add(found.group(1).replace("&amp;", "&"));
        }

        // Then
        assertThat(links).anyMatch(link -> link.endsWith(".js") && link.contains("uplot"));
        assertThat(links)
                .allSatisfy(link ->
                        given().urlEncodingEnabled(false).get(link).then().statusCode(200));
    }

    @Test
    void theTimelineIsFilteredAndPaged() {
        // Given
        send(AccountStories.adopting("long"));
        bench.execute("""
                insert into timeline (account, id, at, rank, kind, title, record, type, data)
                select 'long', 'old-' || n, timestamptz '2024-01-01 00:00:00Z' + n * interval '1 minute', 1, 'usage',
                       'Old ' || n, 'test-0@' || n, 'test', '{}'
                from generate_series(1, 120) n
                """);

        // When
        String newest = page("/accounts/long");
        String filtered = page("/accounts/long?kind=stage");
        List<String> titles = new ArrayList<>();
        String address = "/accounts/long?kind=usage";
        while (address != null) {
            String page = page(address);
            Matcher title =
                    Pattern.compile("<p class=\"entry-title\">(Old \\d+)<").matcher(page);
            while (title.find()) {
                titles.add(title.group(1));
            }
            Matcher older = Pattern.compile("<a href=\"([^\"]*)#timeline\">Older entries")
                    .matcher(page);
            address = older.find() ? older.group(1).replace("&amp;", "&") : null;
        }

        // Then
        assertThat(newest).contains("Older entries").doesNotContain("Old 1<");
        assertThat(filtered).contains("Entered Adopting from Onboarding").doesNotContain("class=\"kind-mail\"");
        assertThat(titles)
                .hasSize(120)
                .doesNotHaveDuplicates()
                .startsWith("Old 120", "Old 119")
                .endsWith("Old 1");
    }

    @Test
    void programsReadTheSameTimelinePageByPage() {
        // Given
        Story story = AccountStories.adopting("programs");
        send(story);

        // When
        List<String> ids = new ArrayList<>();
        String next = "";
        while (next != null) {
            var page = api().get("/v1/accounts/programs/timeline?limit=4&after=" + next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("entries.id", String.class));
            next = page.getString("next");
        }
        var stages = api().get("/v1/accounts/programs/timeline?kind=stage").jsonPath();

        // Then
        assertThat(ids).doesNotHaveDuplicates().containsAll(story.ids());
        assertThat(stages.getList("entries.title"))
                .containsExactly("Entered Adopting from Onboarding", "Entered Onboarding");
        assertThat(stages.getString("entries[1].causedBy")).isEqualTo("programs-facts");
        assertThat(stages.getString("entries[0].data.reason.nearestMiss.needs"))
                .isEqualTo("needs 12 more active users for 80 %");
        given().get("/v1/accounts/programs/timeline").then().statusCode(401);
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer test-token");
    }

    @Test
    void anAccountThatNobodyKnowsSaysWhatToDo() {
        given().get("/accounts/nobody")
                .then()
                .statusCode(404)
                .contentType("text/html; charset=utf-8")
                .body(containsString("No account “nobody” is known here"))
                .body(containsString("curl -X PUT localhost:8082/v1/accounts/nobody"));
        given().get("/accounts/nobody/series.json").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void anAccountOfWhichOnlyFactsAreKnownSaysWhatWillAppear() {
        // Given
        Event<?> facts = AccountStories.factsOf("fresh");
        bench.send(facts);
        bench.awaitRest(KafkaInputs.TOPICS);

        // When
        String page = page("/accounts/fresh");

        // Then
        assertThat(page)
                .contains("No usage yet", "Health is unknown", "No contacts entered", "No mails yet", "No alerts")
                .contains("\"groupId\": \"fresh\"")
                .doesNotContain("NaN", "null");
        given().get("/accounts/fresh/series.json").then().statusCode(200).body("days.size()", equalTo(0));
        given().get("/accounts/fresh/records/nothing")
                .then()
                .statusCode(404)
                .body(containsString("“fresh” has no such record"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind=nonsense | kind: nonsense (expected one of: act, usage,",
                "before=nonsense | before: nonsense (expected: the one that a page of the timeline gave)",
                "before=MjAyNS0wMS0wMVQwMDowMDowMFp-eH5hCg | (expected: the one that a page of the timeline gave)"
            })
    void saysWhichParameterIsWrong(String query, String detail) {
        given().get("/accounts/anything?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(detail))
                .body(not(containsString("Exception")));
    }

    /** Facts first: alerts name the account by them. */
    private void send(Story story) {
        List<Event<?>> events = story.events();
        bench.send(events.get(0));
        bench.awaitRest(KafkaInputs.TOPICS);
        bench.send(events.subList(1, events.size()).toArray(Event<?>[]::new));
        bench.awaitRest(KafkaInputs.TOPICS);
    }

    private static String page(String path) {
        return given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
