package dev.stagecoach.alerts.adapter;

import static dev.stagecoach.alerts.Fixtures.event;
import static dev.stagecoach.alerts.Fixtures.facts;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages about mails, before a stand-in of outreach-service. */
@QuarkusTest
@TestProfile(OpenPage.class)
@QuarkusTestResource(PlatformWithSlack.class)
class OutreachPagesTest {
    private static final String CAMPAIGN = """
            {"id": "check-in", "version": 2, "trigger": "day-after-close:30", "segments": ["scaled", "digital"],
             "products": [], "audience": ["champion"], "kind": "check-ins", "needsApproval": true,
             "steps": [{"step": "day-30", "after": "P0D", "subject": "How is it going?"},
                       {"step": "day-33", "after": "PT72H", "subject": "Still there?"}],
             "balance": {"eligible": 29, "sent": 11, "suppressed": 7, "bounced": 5, "failed": 3, "unknown": 1, "pending": %d,
                         "missing": 0}}""";
    private static final String MAIL = """
            {"id": "m-1", "account": "op-acme", "campaign": "check-in", "occurrence": "check-in/op-acme/2025-01", "step": "day-30",
             "contact": "c-1", "state": "%s", "wantedAt": "2025-02-01T10:00:00Z", "dueAt": "2025-02-02T10:00:00Z",
             "at": "2025-02-03T10:00:00Z", "attempts": 1, "held": false, "reason": "no reply after DATA",
             "messageId": "<m-1@outreach.example.com>"}""";
    private static final String STORY = """
            {"message": %s, "cause": "e-1",
             "occurrence": {"key": "check-in/op-acme/2025-01", "version": 2, "occasion": "day", "triggeredAt": "2025-02-01T10:00:00Z",
                            "openedAt": "2025-02-01T10:00:00Z"},
             "answers": [{"type": "stagecoach.outreach.survey-answered.v1", "at": "2025-02-04T10:00:00Z", "score": 9,
                          "comment": "<b>fine</b>"}],
             "decided": [{"as": "sent", "by": "bo@team.example.com", "reason": "in the log", "recordedAt": "2025-02-05T10:00:00Z"}]}""";
    private static final String WAITING = """
            {"waiting": [
              {"occurrence": "check-in/op-acme/2025-01", "campaign": "check-in", "version": 2, "account": "op-acme", "mails": 2,
               "steps": ["day-30", "day-33"], "contacts": ["c-1"], "firstDue": "2025-02-02T10:00:00Z"},
              {"occurrence": "check-in/op-other/2025-01", "campaign": "check-in", "version": 2, "account": "op-other", "mails": 1,
               "steps": ["day-30"], "contacts": ["c-9"], "firstDue": "2025-02-02T10:00:00Z"}]}""";
    private static final String PREVIEW = """
            {"campaign": "check-in", "version": 2, "account": "op-acme", "gets": false,
             "whyNot": ["segment: managed accounts do not get it"], "recipients": [], "missingRoles": ["champion"], "running": [],
             "mails": [{"contact": "c-1", "step": "day-30", "after": "P0D", "subject": "Hi <Ana>", "preheader": "One click",
                        "text": "Hi <Ana>,\\nplain", "html": "<p style='color: red'>Hi <script>alert(1)</script></p>"}]}""";

    @InjectPlatform
    Platform platform;

    private Bench bench;

    @BeforeEach
    void anOutreachServiceThatKnowsLittle() {
        bench = new Bench(platform, "alerts");
        PeerStandIn.forget();
        PeerStandIn.answerTo("GET /v1/campaigns", "[" + CAMPAIGN.formatted(2) + "]");
        PeerStandIn.answerTo("GET /v1/approvals", "{\"waiting\": []}");
        PeerStandIn.answerTo("GET /v1/messages", "{\"messages\": []}");
    }

    @AfterEach
    void answersAgain() {
        PeerStandIn.goOn();
    }

    private static RequestSpecification asWhoIsOnThePage() {
        return given().redirects().follow(false).header("Sec-Fetch-Site", "same-origin");
    }

    private static JsonNode json(String text) {
        try {
            return EventCodec.json().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private void knows(String account, String name) {
        bench.send(facts(account, name, 100, false));
        bench.awaitCount("select count(*) from portfolio where account = '" + account + "'", 1);
    }

    @Test
    void showsThatABalanceAddsUpAndWhereEachNumberComesFrom() {
        // When
        String page = given().get("/outreach").then().statusCode(200).extract().asString();

        // Then
        assertThat(page)
                .contains("adds up", "day 30 after the close of the contract; to champion")
                .contains("href=\"/outreach/mails?campaign=check-in\">29</a>")
                .contains("href=\"/outreach/mails?campaign=check-in&amp;state=suppressed\">7</a>")
                .contains("href=\"/outreach/mails?campaign=check-in&amp;state=planned\">2</a>")
                .doesNotContain("▲");
    }

    @Test
    void saysHowManyMailsAreMissingFromABalance() {
        // Given
        PeerStandIn.answerTo("GET /v1/campaigns", "[" + CAMPAIGN.formatted(0) + "]");

        // Then
        given().get("/outreach").then().body(containsString("▲ 2 missing")).body(not(containsString("adds up")));
    }

    @Test
    void asksAsAlertsService() {
        // When
        given().get("/outreach");

        // Then
        assertThat(PeerStandIn.asked("GET", "/v1/campaigns"))
                .extracting(PeerStandIn.Asked::authorization)
                .containsOnly("Bearer " + PeerStandIn.TOKEN);
    }

    @Test
    void showsWhatTopicsToldWhileOutreachServiceIsAway() {
        // Given
        Instant at = Instant.parse("2025-08-20T12:00:00Z");
        bench.send(event(
                "op-away",
                at,
                EventType.MESSAGE_UNKNOWN,
                new MessageOutcome(
                        "op-away", "op-away-campaign", "o-1", "day-0", "c-7", null, at, "no reply after DATA")));
        bench.awaitCount("select count(*) from timeline where account = 'op-away'", 1);

        // When
        PeerStandIn.goDown();
        String page;
        try {
            page = given().get("/outreach").then().statusCode(200).extract().asString();
        } finally {
            PeerStandIn.comeBack();
        }

        // Then
        assertThat(page)
                .contains("outreach-service does not answer", "Campaigns, as far as topics tell", "Op away campaign")
                .contains("to c-7 at")
                .doesNotContain("<form action=\"/outreach/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/outreach",
                "/outreach/check-in",
                "/outreach/mails",
                "/outreach/mails/m-1",
                "/outreach/check-in/audience",
                "/outreach/preview?campaign=check-in&account=op-slow",
                "/accounts/op-slow",
                "/system"
            })
    void noPageWaitsForAServiceThatHangs(String path) {
        // Given
        knows("op-slow", "Slow");
        PeerStandIn.hang();

        // When
        Response page = given().get(path);

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString()).containsPattern("did not answer within (500|1000) ms");
    }

    @Test
    void showsACampaignWithItsStepsVersionsReasonsAndAnswers() {
        // Given
        PeerStandIn.answerTo("GET /v1/campaigns/check-in", CAMPAIGN.formatted(2));
        PeerStandIn.answerTo("GET /v1/campaigns/check-in/outcomes", """
                {"campaign": "check-in",
                 "steps": [{"step": "day-30", "mails": {"sent": 11, "failed": 3, "bounced": 5, "unknown": 1}},
                           {"step": "day-33", "mails": {"suppressed": 7, "planned": 2}}],
                 "versions": [{"version": 2, "firstSeenAt": "2025-02-01T10:00:00Z", "started": 4, "ended": 0, "pending": 2},
                              {"version": 1, "started": 9, "ended": 1, "pending": 0}],
                 "reasons": [{"state": "suppressed", "reason": "no-contact-for-role: champion", "mails": 7}]}""");
        PeerStandIn.answerTo("GET /v1/campaigns/check-in/answers", """
                {"campaign": "check-in", "sent": 11, "answers": 3, "scores": {"0": 0, "6": 1, "9": 1, "10": 1}, "promoters": 2,
                 "passives": 0, "detractors": 1, "nps": 33.333333, "helpRequested": 2, "trainingRequested": 0, "meetingRequested": 0,
                 "unsubscribed": 0}""");
        PeerStandIn.answerTo("GET /v1/messages", "{\"messages\": [" + MAIL.formatted("sent") + "]}");

        // When
        String page = given().get("/outreach/check-in")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        // Then
        assertThat(page)
                .contains(
                        "<h1>Check in</h1>",
                        "each mail waits for a person",
                        "after 3 days",
                        "NPS 33",
                        "2 asked for help")
                .contains("started 9 times, 0 mails to come, 1 ended early")
                .contains(
                        "href=\"/outreach/mails?campaign=check-in&amp;state=suppressed&amp;reason=no-contact-for-role%3A+champion\">nobody holds the role: champion")
                .contains("href=\"/outreach/mails/m-1\">Check in, day 30")
                .doesNotContain("asked for a training");
    }

    @Test
    void aCampaignThatIsNoneIsNotFound() {
        given().get("/outreach/no-such")
                .then()
                .statusCode(404)
                .body(containsString("There is no such campaign no-such"));
        given().get("/outreach/mails/no-such").then().statusCode(404).body(containsString("There is no such mail"));
    }

    @Test
    void followsAReasonToItsMails() {
        // Given
        PeerStandIn.answerTo(
                "GET /v1/messages", "{\"messages\": [" + MAIL.formatted("suppressed") + "], \"next\": \"2025~m-1\"}");

        // When
        String page = given().get("/outreach/mails?campaign=check-in&state=suppressed&reason=frequency-cap")
                .asString();

        // Then
        assertThat(PeerStandIn.asked("GET", "/v1/messages?"))
                .extracting(PeerStandIn.Asked::uri)
                .containsExactly("/v1/messages?campaign=check-in&state=suppressed&reason=frequency-cap&limit=100");
        assertThat(page)
                .contains("frequency cap: too many other mails")
                .contains(
                        "href=\"/outreach/mails?campaign=check-in&amp;state=suppressed&amp;reason=frequency-cap&amp;after=2025%7Em-1\"");
        given().get("/outreach/mails?state=lost")
                .then()
                .statusCode(400)
                .body("detail", containsString("state: lost (expected one of: planned, sending, sent"));
    }

    @Test
    void tellsTheStoryOfAMail() {
        // Given
        PeerStandIn.answerTo("GET /v1/messages/m-1", STORY.formatted(MAIL.formatted("sent")));

        // When
        String page = given().get("/outreach/mails/m-1").asString();

        // Then
        assertThat(page)
                .contains("survey answered: 9 of 10", "&lt;b&gt;fine&lt;/b&gt;")
                .contains("<b>bo@team.example.com</b> marked it as sent: in the log")
                .doesNotContain("<form action=\"/outreach/");
    }

    @Test
    void showsAMailAsItWouldLookInAFrameThatCanDoNothing() {
        // Given
        knows("op-acme", "Acme <i>& Sons</i>");
        PeerStandIn.answerTo("POST /v1/campaigns/check-in/preview", PREVIEW);

        // When
        Response page = given().queryParam("account", "acme <i>").get("/outreach/preview?campaign=check-in");
        Response mail = given().get("/outreach/preview/mail?campaign=check-in&account=op-acme&step=day-30&contact=c-1");

        // Then
        assertThat(PeerStandIn.asked("POST", "/v1/campaigns/check-in/preview"))
                .extracting(asked -> json(asked.body()))
                .containsOnly(json("{\"account\": \"op-acme\"}"));
        assertThat(page.header("Content-Security-Policy")).contains("frame-src 'self'");
        assertThat(page.asString())
                .contains(
                        "Hi &lt;Ana&gt;",
                        "One click",
                        "segment: managed accounts do not get it",
                        "nobody holds: champion")
                .contains("Acme &lt;i&gt;&amp; Sons&lt;/i&gt;")
                .contains(
                        "sandbox src=\"/outreach/preview/mail?campaign=check-in&amp;account=op-acme&amp;step=day-30&amp;contact=c-1\"")
                .doesNotContain("alert(1)");
        assertThat(mail.asString()).isEqualTo("<p style='color: red'>Hi <script>alert(1)</script></p>");
        assertThat(mail.contentType()).startsWith("text/html");
        assertThat(mail.header("Content-Security-Policy"))
                .startsWith("sandbox; default-src 'none'")
                .contains("frame-ancestors 'self'")
                .doesNotContain("script-src", "allow-scripts");
    }

    @Test
    void asksWhichAccountIsMeant() {
        // Given
        knows("op-twin-1", "Opal Twins One");
        knows("op-twin-2", "Opal Twins Two");

        // Then
        given().queryParam("account", "opal twins")
                .get("/outreach/preview?campaign=check-in")
                .then()
                .body(containsString(
                        "href=\"/outreach/preview?campaign=check-in&amp;account=op-twin-1\">Opal Twins One"))
                .body(containsString("Opal Twins Two"));
        given().get("/outreach/preview?campaign=check-in&account=nobody-is-called-so")
                .then()
                .body(containsString("No account is called “nobody-is-called-so”."));
    }

    @Test
    void saysWhoWouldGetACampaignAndWhoNotAndWhy() {
        // Given
        PeerStandIn.answerTo("POST /v1/campaigns/check-in/preview", """
                {"campaign": "check-in", "version": 2,
                 "totals": {"accounts": 812, "wouldGet": 40, "people": 55, "whyNot": {"segment": 700, "unsubscribed": 3}, "running": 9,
                            "onOlderVersion": 2},
                 "accounts": [
                   {"account": "op-in", "gets": true, "whyNot": [],
                    "recipients": [{"contact": "c-1", "roles": ["champion"], "dueAt": "2025-02-02T10:00:00Z",
                                    "waitsBecause": "quiet-hours", "held": false},
                                   {"contact": "c-2", "roles": ["champion"], "held": false, "whyNot": "unsubscribed"}],
                    "missingRoles": [],
                    "running": [{"occurrence": "check-in/op-in/1", "version": 1, "older": true, "openedAt": "2025-01-02T10:00:00Z",
                                 "toCome": 3}]}],
                 "next": "op-in"}""");

        // When
        String page = given().get("/outreach/check-in/audience").asString();

        // Then
        assertThat(page)
                .contains(
                        "<b>812</b> accounts looked at",
                        "<b>40</b> would get it",
                        "segment <b>700</b>, unsubscribed <b>3</b>")
                .contains("waits: quiet hours where the reader is", "not: the contact has unsubscribed")
                .contains("version 1 (an older one), 3 mails to come")
                .contains("href=\"/outreach/check-in/audience?after=op-in\"");
    }

    @Test
    void releasesWhatWaitsInTheNameOfWhoIsSignedIn() {
        // Given
        PeerStandIn.answerTo("GET /v1/approvals", WAITING);
        PeerStandIn.answerTo(
                "POST /v1/approvals/check-in/op-acme/2025-01/release",
                "{\"target\": \"check-in/op-acme/2025-01\", \"verdict\": \"release\", \"mails\": 2}");
        given().get("/outreach")
                .then()
                .body(containsString("Release 2 mails"))
                .body(containsString("3 mails to 2 accounts"));

        // When
        String next = asWhoIsOnThePage()
                .formParam("target", "check-in/op-acme/2025-01")
                .formParam("name", "op-acme")
                .formParam("verdict", "release")
                .formParam("reason", " texts are fine ")
                .post("/outreach/approvals")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");

        // Then
        assertThat(PeerStandIn.asked("POST", "/v1/approvals"))
                .extracting(asked -> json(asked.body()))
                .containsExactly(json("{\"by\": \"ana@team.example.com\", \"reason\": \"texts are fine\"}"));
        given().get(next).then().body(containsString("Released 2 mails."));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "?", textBlock = """
            reject,  false, ?,        why, To reject these mails
            reject,  false, op-other, why, To reject these mails
            release, true,  ?,        why, To release these mails
            release, false, ?,        ?,   Say why
            release, false, ?,        ' ', Say why
            """)
    void doesNothingThatIsNotConfirmedOrHasNoReason(
            String verdict, boolean all, String confirm, String reason, String words) {
        // Given
        PeerStandIn.answerTo("GET /v1/approvals", WAITING);
        RequestSpecification form = asWhoIsOnThePage()
                .formParam("target", "check-in/op-acme/2025-01")
                .formParam("name", "op-acme")
                .formParam("verdict", verdict)
                .formParam("all", all);
        Map.of("confirm", String.valueOf(confirm), "reason", String.valueOf(reason))
                .forEach((name, value) -> {
                    if (!value.equals("null")) {
                        form.formParam(name, value);
                    }
                });

        // When
        Response answer = form.post("/outreach/approvals");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains(words, "Nothing was done.", "class=\"acts\" open");
        assertThat(PeerStandIn.asked("POST", "/v1/approvals")).isEmpty();
    }

    @Test
    void aReasonThatWasTypedIsNotTypedAgain() {
        // Given
        PeerStandIn.answerTo("GET /v1/approvals", WAITING);
        PeerStandIn.refuse("POST /v1/approvals/check-in/op-acme/2025-01/reject", 404, "nothing of it waits");

        // When
        Response answer = asWhoIsOnThePage()
                .formParam("target", "check-in/op-acme/2025-01")
                .formParam("name", "op-acme")
                .formParam("verdict", "reject")
                .formParam("confirm", "op-acme")
                .formParam("reason", "\"><b>renewal talks</b>")
                .post("/outreach/approvals");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.asString())
                .contains("outreach-service refused it: nothing of it waits")
                .contains("value=\"&quot;&gt;&lt;b&gt;renewal talks&lt;/b&gt;\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sent", "not-sent", "send-again"})
    void endsADoubt(String as) {
        // Given
        PeerStandIn.answerTo("GET /v1/messages", "{\"messages\": [" + MAIL.formatted("unknown") + "]}");
        PeerStandIn.answerTo("POST /v1/messages/m-1/resolve", STORY.formatted(MAIL.formatted("sent")));
        given().get("/outreach")
                .then()
                .body(containsString("action=\"/outreach/mails/m-1/resolve\""))
                .body(containsString("Message-ID <code>&lt;m-1@outreach.example.com&gt;</code>"));

        // When
        Response answer = asWhoIsOnThePage()
                .formParam("name", "c-1")
                .formParam("confirm", "c-1")
                .formParam("as", as)
                .formParam("reason", "asked her")
                .post("/outreach/mails/m-1/resolve");

        // Then
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(PeerStandIn.asked("POST", "/v1/messages/m-1/resolve"))
                .extracting(asked -> json(asked.body()))
                .containsExactly(json(
                        "{\"as\": \"%s\", \"by\": \"ana@team.example.com\", \"reason\": \"asked her\"}".formatted(as)));
    }

    @Test
    void sendsNothingTwiceThatIsNotConfirmed() {
        // When
        Response answer = asWhoIsOnThePage()
                .formParam("name", "c-1")
                .formParam("as", "send-again")
                .formParam("reason", "asked her")
                .post("/outreach/mails/m-1/resolve");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains("if it did arrive, it arrives twice");
        assertThat(PeerStandIn.asked("POST", "/v1/messages")).isEmpty();
    }

    @Test
    void sendsATestToWhoeverLooks() {
        // Given
        knows("op-acme", "Acme <i>& Sons</i>");
        PeerStandIn.answerTo("POST /v1/campaigns/check-in/preview", PREVIEW);
        PeerStandIn.answerTo(
                "POST /v1/campaigns/check-in/test",
                "{\"campaign\": \"check-in\", \"step\": \"day-30\", \"account\": \"op-acme\", \"to\": \"ana@team.example.com\"}");
        String preview = "/outreach/preview?campaign=check-in&account=op-acme";
        given().get(preview).then().body(containsString("value=\"ana@team.example.com\""));

        // When
        String next =
                test("ana@team.example.com").then().statusCode(303).extract().header("Location");

        // Then
        assertThat(PeerStandIn.asked("POST", "/v1/campaigns/check-in/test"))
                .extracting(asked -> json(asked.body()))
                .containsExactly(
                        json("{\"account\": \"op-acme\", \"to\": \"ana@team.example.com\", \"step\": \"day-30\"}"));
        given().get(next).then().body(containsString("Look into your mailbox"));

        // When
        PeerStandIn.refuse(
                "POST /v1/campaigns/check-in/test", 403, "to: me@elsewhere.example (expected: team.example)");
        Response refused = test("me@elsewhere.example");

        // Then
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.asString())
                .contains("to: me@elsewhere.example (expected: team.example)", "value=\"me@elsewhere.example\"");
    }

    private static Response test(String to) {
        return asWhoIsOnThePage()
                .formParam("campaign", "check-in")
                .formParam("account", "op-acme")
                .formParam("step", "day-30")
                .formParam("contact", "c-1")
                .formParam("to", to)
                .post("/outreach/preview/test");
    }

    @Test
    void saysWhenNobodyKnowsWhetherAnActWasDone() {
        // Given
        PeerStandIn.answerTo("POST /v1/messages/m-1/resolve", STORY.formatted(MAIL.formatted("sent")));
        PeerStandIn.hang();

        // When
        Response answer = asWhoIsOnThePage()
                .formParam("as", "sent")
                .formParam("reason", "asked her")
                .post("/outreach/mails/m-1/resolve");

        // Then
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.asString()).contains("Whether it was done shows when you load this again.");
    }

    @Test
    void saysThatNothingWasDoneWhenOutreachServiceIsAway() {
        // Given
        PeerStandIn.goDown();

        // When
        Response answer;
        try {
            answer = asWhoIsOnThePage()
                    .formParam("as", "sent")
                    .formParam("reason", "asked her")
                    .post("/outreach/mails/m-1/resolve");
        } finally {
            PeerStandIn.comeBack();
        }

        // Then
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.asString()).contains("cannot be reached, so nothing was done");
    }

    @Test
    void aViewerSeesNoFormsThatAct() {
        // Given
        PeerStandIn.answerTo("GET /v1/approvals", WAITING);
        PeerStandIn.answerTo("GET /v1/messages", "{\"messages\": [" + MAIL.formatted("unknown") + "]}");
        PeerStandIn.answerTo("GET /v1/messages/m-1", STORY.formatted(MAIL.formatted("unknown")));

        // Then
        for (String page : List.of("/outreach", "/outreach/mails/m-1")) {
            assertThat(given().header(RoleHeader.NAME, "viewer").get(page).asString())
                    .as(page)
                    .contains("viewer@team.example.com")
                    .doesNotContain("method=\"post\"", "/outreach/preview");
            assertThat(given().header(RoleHeader.NAME, "success").get(page).asString())
                    .as(page)
                    .contains("method=\"post\"", "/outreach/preview");
        }
    }

    @Test
    void whatWasDoneIsNoPlaceForWordsOfOthers() {
        given().get("/outreach?done=%3Cb%3Ehacked%3C/b%3E&mails=3")
                .then()
                .statusCode(200)
                .body(not(containsString("hacked")));
    }

    @Test
    void showsMailsToComeOnThePageOfTheirAccount() {
        // Given
        knows("op-next", "Next");
        PeerStandIn.answerTo("GET /v1/messages", "{\"messages\": [" + MAIL.formatted("planned") + "]}");

        // Then
        given().get("/accounts/op-next")
                .then()
                .body(containsString("To come"))
                .body(containsString(
                        "/outreach/preview?campaign=check-in&amp;account=op-acme&amp;step=day-30&amp;contact=c-1"));
    }
}
