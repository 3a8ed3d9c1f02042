package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.END_USER;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.ReceiveAnswer;
import dev.stagecoach.outreach.ReceiveAnswer.Wish;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.ReceivedMail;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class ProgrammeApiTest {
    @InjectPlatform
    Platform platform;

    SmtpGate gate;

    @Inject
    DataSource database;

    @Inject
    ReceiveAnswer receiveAnswer;

    private World world;

    @BeforeEach
    void aNewWorld() {
        gate.leadTo(platform.smtpPort());
        world = new World(platform, database);
    }

    @AfterEach
    void everyMailIsAccountedFor() {
        world.close();
        assertThat(Balance.read(database).missing()).isZero();
        Balance.byCampaign(database)
                .forEach((campaign, balance) ->
                        assertThat(balance.missing()).as(campaign).isZero());
    }

    @Test
    void aDoubtResolvedAsSentIsToldAsSent() {
        String mail = anUnknownMail();

        Response answer = resolve(mail, Map.of("as", "sent", "by", "ana@team", "reason", "it is in her inbox"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("message.state")).isEqualTo("sent");
        assertThat(answer.jsonPath().getString("message.reason")).isEqualTo("sent, says ana@team: it is in her inbox");
        assertThat(answer.jsonPath().getString("decided[0].by")).isEqualTo("ana@team");
        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .extracting(event -> event.type().name())
                .contains("MESSAGE_SENT"));
        assertThat(world.mails()).hasSize(1);
    }

    @Test
    void aDoubtResolvedAsNotSentIsToldAsFailed() {
        String mail = anUnknownMail();

        resolve(mail, Map.of("as", "not-sent", "by", "ana@team", "reason", "too late by now"));

        assertThat(world.ledger())
                .contains("admin-onboarding day-3 ana failed: not sent, says ana@team: too late by now");
        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .extracting(event -> event.type().name())
                .contains("MESSAGE_FAILED"));
        assertThat(world.mails()).hasSize(1);
    }

    @Test
    void aDoubtCanBeSentAgainOnce() {
        String mail = anUnknownMail();

        resolve(mail, Map.of("as", "send-again", "by", "ana@team", "reason", "not in the server's log"));
        world.awaitMails(2).settle();
        Response again =
                resolve(mail, Map.of("as", "send-again", "by", "ana@team", "reason", "not in the server's log"));

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.jsonPath().getString("detail")).contains("is sent (expected: unknown)");
        assertThat(world.settle().mails()).hasSize(2);
        assertThat(world.ledger()).contains("admin-onboarding day-3 ana sent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|as: null (expected: sent, send-again or not-sent)",
                "{\"as\":\"maybe\",\"by\":\"a\",\"reason\":\"b\"}|as: maybe (expected: sent, send-again or not-sent)",
                "{\"as\":\"sent\",\"reason\":\"b\"}|by: missing (expected: who decides, ana@team for instance)",
                "{\"as\":\"sent\",\"by\":\"a\",\"reason\":\" \"}|reason: missing (expected: why, for those who ask later)"
            })
    void aVerdictNeedsAnAuthorAndAReason(String body, String detail) {
        Response answer = authorized()
                .contentType("application/json")
                .body(body)
                .post("/v1/messages/" + anUnknownMail() + "/resolve");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("detail")).isEqualTo(detail);
        assertThat(world.ledger()).anyMatch(entry -> entry.startsWith("admin-onboarding day-3 ana unknown"));
    }

    @Test
    void whatIsNotKnownIsNotFound() {
        Map<String, String> verdict = Map.of("as", "sent", "by", "a", "reason", "b");

        assertThat(resolve("nobody", verdict).statusCode()).isEqualTo(404);
        assertThat(authorized().get("/v1/messages/nobody").statusCode()).isEqualTo(404);
        assertThat(authorized().get("/v1/campaigns/none").statusCode()).isEqualTo(404);
        assertThat(authorized().get("/v1/campaigns/none/answers").statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyAsksWithoutAToken() {
        for (String path : new String[] {
            "/v1/messages",
            "/v1/messages/x",
            "/v1/campaigns",
            "/v1/campaigns/x",
            "/v1/campaigns/x/answers",
            "/v1/approvals",
            "/v1//messages",
            "//v1/messages",
            "/%76%31/messages",
            "/v1;a=b/messages",
            "/v1/../v1/messages",
            "/V1/messages",
            "/x/../v1/messages",
            "/%2e/v1/messages"
        }) {
            Response refused = RestAssured.given().urlEncodingEnabled(false).get(path);
            assertThat(refused.statusCode()).as(path).isIn(400, 401, 404);
            assertThat(refused.asString())
                    .as(path)
                    .doesNotContain("\"messages\"")
                    .doesNotContain("\"waiting\"");
        }
        assertThat(RestAssured.given()
                        .contentType(ContentType.JSON)
                        .post("/v1/messages/x/resolve")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void tellsTheStoryOfAMail() {
        String survey = "check-in-30-day/" + world.account + "/" + world.closedOn;
        checkInWith("chi");
        MailReference mail = MailReference.of(survey, "day-30", "chi");
        receiveAnswer.survey(mail, 4, "slow");
        receiveAnswer.survey(mail, 9, "fast now");

        JsonPath story = authorized()
                .get("/v1/messages/" + Delivery.idOf(survey, "day-30", "chi"))
                .jsonPath();

        assertThat(story.getString("message.state")).isEqualTo("sent");
        assertThat(story.getString("occurrence.key")).isEqualTo(survey);
        assertThat(story.getInt("occurrence.version")).isPositive();
        assertThat(story.getList("answers.score")).containsExactly(4, 9);
        assertThat(story.getList("decided")).isEmpty();
    }

    @Test
    void findsTheMailsOfOneContact() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("a", INSTANCE_ADMIN), world.contact("b", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(2)
                .settle();

        Response answer = authorized().get("/v1/messages?account=" + world.account + "&contact=b");

        assertThat(answer.jsonPath().getList("messages.contact")).hasSize(4).containsOnly("b");
    }

    @Test
    void countsTheLastAnswerOfEachReader() {
        JsonPath before =
                authorized().get("/v1/campaigns/check-in-30-day/answers").jsonPath();
        String key = "check-in-30-day/" + world.account + "/" + world.closedOn;
        checkInWith("chi", "dan", "eli");
        receiveAnswer.survey(MailReference.of(key, "day-30", "chi"), 2, null);
        receiveAnswer.survey(MailReference.of(key, "day-30", "chi"), 10, null);
        receiveAnswer.survey(MailReference.of(key, "day-30", "dan"), 8, null);
        receiveAnswer.ask(Wish.MEETING, MailReference.of(key, "day-30", "dan"), "next week");

        JsonPath after =
                authorized().get("/v1/campaigns/check-in-30-day/answers").jsonPath();

        assertThat(after.getInt("sent") - before.getInt("sent")).isEqualTo(3);
        assertThat(after.getInt("answers") - before.getInt("answers")).isEqualTo(2);
        assertThat(after.getInt("promoters") - before.getInt("promoters")).isEqualTo(1);
        assertThat(after.getInt("passives") - before.getInt("passives")).isEqualTo(1);
        assertThat(after.getInt("scores.'2'") - before.getInt("scores.'2'")).isZero();
        assertThat(after.getInt("scores.'10'") - before.getInt("scores.'10'")).isEqualTo(1);
        assertThat(after.getInt("meetingRequested") - before.getInt("meetingRequested"))
                .isEqualTo(1);
    }

    @Test
    void aCampaignNobodyAnsweredHasNoScore() {
        Response answers = authorized().get("/v1/campaigns/end-user-onboarding-both/answers");

        assertThat(answers.asString()).contains("\"nps\":null");
        assertThat(answers.jsonPath().getInt("answers")).isZero();
    }

    @Test
    void showsTheBalanceOfEachCampaign() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("eve", END_USER))
                .enters(Stage.ONBOARDING)
                .settle();
        await().until(() -> !world.ledger().isEmpty());

        JsonPath campaign = authorized().get("/v1/campaigns/admin-onboarding").jsonPath();
        Response all = authorized().get("/v1/campaigns");

        assertThat(campaign.getLong("balance.suppressed")).isPositive();
        assertThat(campaign.getLong("balance.missing")).isZero();
        assertThat(campaign.getLong("balance.eligible"))
                .isEqualTo(campaign.getLong("balance.sent")
                        + campaign.getLong("balance.suppressed")
                        + campaign.getLong("balance.bounced")
                        + campaign.getLong("balance.failed")
                        + campaign.getLong("balance.unknown")
                        + campaign.getLong("balance.pending"));
        assertThat(campaign.getString("kind")).isEqualTo("onboarding");
        assertThat(all.jsonPath().getList("balance.missing", Long.class)).containsOnly(0L);
    }

    @Test
    void takesTheMailsOfACampaignApart() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("eve", END_USER))
                .enters(Stage.ONBOARDING)
                .settle();
        await().until(() -> !world.ledger().isEmpty());
        String reason = "no-contact-for-role: instance-admin";

        JsonPath outcomes =
                authorized().get("/v1/campaigns/admin-onboarding/outcomes").jsonPath();
        JsonPath campaign = authorized().get("/v1/campaigns/admin-onboarding").jsonPath();
        JsonPath mails = authorized()
                .queryParam("campaign", "admin-onboarding")
                .queryParam("reason", reason)
                .get("/v1/messages?limit=500")
                .jsonPath();

        List<Map<String, Integer>> steps = outcomes.getList("steps.mails");
        assertThat(steps.stream()
                        .flatMap(step -> step.values().stream())
                        .mapToLong(Integer::longValue)
                        .sum())
                .isEqualTo(campaign.getLong("balance.eligible"));
        assertThat(outcomes.getList("versions.version", Integer.class)).contains(campaign.getInt("version"));
        assertThat(outcomes.getList("versions.started", Integer.class).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isPositive();
        assertThat(mails.getList("messages.account")).contains(world.account);
        assertThat(mails.getList("messages.reason")).containsOnly(reason);
        assertThat(outcomes.getLong("reasons.find { it.reason == '" + reason + "' }.mails"))
                .isEqualTo(mails.getList("messages").size());
        assertThat(authorized().get("/v1/campaigns/none/outcomes").statusCode()).isEqualTo(404);
    }

    @Test
    void whatWaitsForApprovalGoesWhenItIsReleased() {
        String occurrence = heldMails();

        JsonPath waiting =
                authorized().get("/v1/approvals?campaign=admin-onboarding").jsonPath();
        world.onDay(3).settle();
        assertThat(world.mails()).hasSize(1);
        Response released = judge(occurrence + "/release", "{\"by\": \"ana@team\", \"reason\": \"fine\"}");

        assertThat(waiting.getList("waiting.occurrence")).contains(occurrence);
        assertThat(released.statusCode()).isEqualTo(200);
        assertThat(released.jsonPath().getInt("mails")).isEqualTo(3);
        world.onDay(4).awaitMails(2).settle();
        assertThat(world.mails()).hasSize(2);
        assertThat(authorized().get("/v1/approvals").jsonPath().getList("waiting.occurrence"))
                .doesNotContain(occurrence);
        assertThat(judge(occurrence + "/release", "{\"by\": \"ana@team\", \"reason\": \"fine\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsRejectedIsSuppressedWithWhoAndWhy() {
        String occurrence = heldMails();

        Response rejected = judge(occurrence + "/reject", "{\"by\": \"ana@team\", \"reason\": \"renewal talks\"}");

        assertThat(rejected.jsonPath().getInt("mails")).isEqualTo(3);
        assertThat(world.ledger())
                .contains("admin-onboarding day-3 ana suppressed: rejected, says ana@team: renewal talks");
        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .filteredOn(event -> event.type().name().equals("MESSAGE_SUPPRESSED"))
                .hasSize(3));
    }

    @Test
    void anApprovalNeedsAnAuthorAndAReason() {
        String occurrence = heldMails();

        for (String body :
                List.of("", "{}", "{\"by\":\"a\"}", "[]", "{\"by\":\"a\",\"reason\":\"" + "x".repeat(501) + "\"}")) {
            Response answer = judge(occurrence + "/release", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.contentType()).startsWith("application/problem+json");
        }
        assertThat(world.count("select count(*) n from delivery where held and account = '" + world.account + "'"))
                .isEqualTo(3);
    }

    @Test
    void previewsWhoWouldGetItAndWhyOthersWouldNot() {
        World without = new World(platform, database);
        World gone = new World(platform, database);
        World managed = new World(platform, database);
        try (without;
                gone;
                managed) {
            world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                    .contacts(world.contact("chi", CHAMPION), world.contact("dan", CHAMPION))
                    .enters(Stage.ADOPTING);
            without.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                    .contacts(without.contact("eve", END_USER))
                    .enters(Stage.ADOPTING);
            gone.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                    .contacts(gone.contact("chi", CHAMPION))
                    .enters(Stage.CHURNED);
            managed.facts(Segment.MANAGED, Product.CODE_SEARCH)
                    .contacts(managed.contact("chi", CHAMPION))
                    .enters(Stage.ADOPTING)
                    .settle();
            await().until(() -> preview("check-in-30-day", Map.of("account", managed.account))
                                    .statusCode()
                            == 200
                    && !preview("check-in-30-day", Map.of("account", gone.account))
                            .jsonPath()
                            .getList("whyNot")
                            .isEmpty());
            receiveAnswer.unsubscribe(
                    MailReference.of("check-in-30-day/" + world.account + "/" + world.closedOn, "day-30", "dan"));

            JsonPath first = preview("check-in-30-day", Map.of("limit", 1)).jsonPath();
            Map<String, Map<String, Object>> accounts = everyone("check-in-30-day");

            assertThat(first.getList("accounts")).hasSize(1);
            assertThat(first.getLong("totals.accounts")).isEqualTo(accounts.size());
            assertThat(accounts.get(world.account)).containsEntry("gets", true);
            assertThat(accounts.get(world.account).get("recipients").toString())
                    .contains("contact=chi")
                    .contains("whyNot=unsubscribed");
            assertThat(whyNot(accounts, without)).singleElement().asString().startsWith("no-contact-for-role");
            assertThat(whyNot(accounts, gone)).containsExactly("stage: it ends in Churned");
            assertThat(whyNot(accounts, managed)).containsExactly("segment: managed accounts do not get it");
        }
        assertThat(world.mails()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    campaigns/admin-onboarding/preview | {"acount": "x"}                            | acount: no such field (expected: account, after, limit)
                    campaigns/admin-onboarding/test    | {"account": "x", "too": "a@example.com"}   | too: no such field (expected: account, step, to)
                    messages/none/resolve              | {"as": "sent", "by": "ana", "why": "seen"} | why: no such field (expected: as, by, reason)
                    approvals/none/release             | {"by": "ana", "reasons": "fine"}           | reasons: no such field (expected: by, reason)
                    bounces                            | {"messageID": "<1@example.com>"}           | messageID: no such field (expected: diagnostic, envelopeSender, messageId, status)
                    """)
    void aMisspeltFieldIsSaid(String path, String body, String detail) {
        Response answer =
                authorized().contentType("application/json").body(body).post("/v1/" + path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("detail")).isEqualTo(detail);
    }

    @Test
    void previewsThatAnAccountIsInTheMiddleOfAnOlderVersion() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();
        Jdbc.inTransaction(
                database,
                transaction -> Jdbc.update(
                        transaction, "update occurrence set version = 99 where account = ?", world.account));

        JsonPath preview =
                preview("admin-onboarding", Map.of("account", world.account)).jsonPath();

        assertThat(preview.getBoolean("gets")).isFalse();
        assertThat(preview.getList("whyNot"))
                .containsExactly("started already: admin-onboarding/" + world.account + "/" + world.closedOn);
        assertThat(preview.getInt("running[0].version")).isEqualTo(99);
        assertThat(preview.getBoolean("running[0].older")).isTrue();
        assertThat(preview.getInt("running[0].toCome")).isEqualTo(3);
    }

    @Test
    void previewsTenThousandAccountsInPages() {
        Jdbc.inTransaction(database, transaction -> {
            Jdbc.update(transaction, """
                    insert into account (id, partition, facts, facts_at, stage, stage_since, contacts_at)
                    select 'many-' || n, 0, f.facts || jsonb_build_object('account', 'many-' || n), now(), 'Adopting',
                           now(), now()
                    from generate_series(1, 10000) n,
                         (select facts from account where facts ->> 'segment' = 'digital' limit 1) f
                    """);
            return Jdbc.update(transaction, """
                    insert into contact (account, id, name, email, roles)
                    select 'many-' || n, 'chi', 'Chi', 'chi@many-' || n || '.example', '{champion}'
                    from generate_series(1, 10000) n where n % 2 = 0
                    """);
        });
        try {
            JsonPath preview = preview("check-in-30-day", Map.of("limit", 10)).jsonPath();

            assertThat(preview.getLong("totals.accounts")).isGreaterThanOrEqualTo(10_000);
            assertThat(preview.getLong("totals.wouldGet")).isBetween(5_000L, 5_100L);
            assertThat(preview.getLong("totals.whyNot.no-contact-for-role")).isBetween(5_000L, 5_100L);
        } finally {
            Jdbc.inTransaction(database, transaction -> {
                Jdbc.update(transaction, "delete from contact where account like 'many-%'");
                return Jdbc.update(transaction, "delete from account where id like 'many-%'");
            });
        }
    }

    @Test
    void sendsATestToOneselfThatTheLedgerDoesNotKnow() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("chi", CHAMPION))
                .enters(Stage.ADOPTING)
                .settle();
        await().until(() ->
                preview("check-in-30-day", Map.of("account", world.account)).statusCode() == 200);
        String me = "me-" + world.account + "@team.example";

        Response sent = test(Map.of("account", world.account, "to", me));

        assertThat(sent.statusCode()).isEqualTo(200);
        ReceivedMail mail = await().until(
                        () -> platform.mailbox().received().stream()
                                .filter(received -> received.recipients().contains(me))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(mail.subject()).startsWith("[Test] ");
        assertThat(mail.header("X-Stagecoach-Account")).isEmpty();
        assertThat(mail.header("List-Unsubscribe")).isEmpty();
        assertThat(mail.text()).get().asString().contains("/survey/preview");
        assertThat(world.ledger()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eve@elsewhere.example, 403",
        "eve@sub.team.example, 403",
        "'eve@team.example, eve@elsewhere.example', 400",
        "'Eve <eve@team.example>', 400",
        "'eve@team.example\r\nBcc: all@elsewhere.example', 400",
        "eve, 400",
        "'', 400"
    })
    void aTestGoesToOneOfTheTeamOnly(String to, int status) {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH).settle();
        await().until(() ->
                preview("check-in-30-day", Map.of("account", world.account)).statusCode() == 200);

        Response refused = test(Map.of("account", world.account, "to", to.replace("\\r\\n", "\r\n")));

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.contentType()).startsWith("application/problem+json");
    }

    @Test
    void previewsInTheLanguageOfTheReader() {
        Contact reader = new Contact("uwe", "Uwe", "uwe@" + world.account + ".example", Set.of(CHAMPION), null, "de");
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(reader)
                .enters(Stage.ADOPTING)
                .settle();
        await().until(() ->
                preview("check-in-30-day", Map.of("account", world.account)).statusCode() == 200);

        JsonPath mail = preview("check-in-30-day", Map.of("account", world.account))
                .jsonPath()
                .setRootPath("mails[0]");

        assertThat(mail.getString("subject")).isEqualTo("Ein Monat dabei - wie läuft es?");
        assertThat(mail.getString("preheader")).isEqualTo("Ein Klick genügt. Und Sie können um Hilfe bitten.");
        assertThat(mail.getString("text")).contains("Uwe");
    }

    @Test
    void previewsWhoCannotBeReached() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("chi", CHAMPION))
                .enters(Stage.ADOPTING)
                .settle();
        await().until(() ->
                preview("check-in-30-day", Map.of("account", world.account)).statusCode() == 200);
        Jdbc.inTransaction(database, transaction -> Jdbc.update(transaction, """
                        insert into bounced_address (address, hard, soft_count, last_at, reason, suppressed)
                        values (?, true, 0, now(), '5.1.1', true)
                        """, "chi@" + world.account + ".example"));

        JsonPath preview =
                preview("check-in-30-day", Map.of("account", world.account)).jsonPath();

        assertThat(preview.getBoolean("gets")).isFalse();
        assertThat(preview.getString("recipients[0].whyNot")).isEqualTo("address-bounced");
    }

    @Test
    void measuresTheBalanceOfEachCampaign() {
        assertThat(RestAssured.given().get("/q/metrics").asString())
                .contains("stagecoach_outreach_campaign_missing{campaign=\"admin-onboarding\"} 0.0")
                .contains("stagecoach_outreach_campaign_deliveries{campaign=\"admin-onboarding\",state=\"sent\"}");
    }

    private static Response test(Map<String, String> request) {
        return authorized().contentType("application/json").body(request).post("/v1/campaigns/check-in-30-day/test");
    }

    private static Response preview(String campaign, Map<String, ?> request) {
        return authorized()
                .contentType("application/json")
                .body(request)
                .post("/v1/campaigns/" + campaign + "/preview");
    }

    /** All pages, by account. */
    private static Map<String, Map<String, Object>> everyone(String campaign) {
        Map<String, Map<String, Object>> accounts = new HashMap<>();
        Map<String, Object> request = Map.of("limit", 3);
        while (true) {
            JsonPath page = preview(campaign, request).jsonPath();
            List<Map<String, Object>> shown = page.getList("accounts");
            shown.forEach(account -> accounts.put((String) account.get("account"), account));
            if (page.getString("next") == null) {
                return accounts;
            }
            request = Map.of("limit", 3, "after", page.getString("next"));
        }
    }

    private static List<String> whyNot(Map<String, Map<String, Object>> accounts, World world) {
        return ((List<?>) accounts.get(world.account).get("whyNot"))
                .stream().map(String::valueOf).toList();
    }

    /** The mails from day 3 on; the one of day 0 was sent. */
    private String heldMails() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();
        Jdbc.inTransaction(
                database,
                transaction -> Jdbc.update(
                        transaction,
                        "update delivery set held = true where account = ? and state = 'planned'",
                        world.account));
        return "admin-onboarding/" + world.account + "/" + world.closedOn;
    }

    private static Response judge(String path, String body) {
        return authorized().contentType("application/json").body(body).post("/v1/approvals/" + path);
    }

    private void checkInWith(String... champions) {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(Arrays.stream(champions)
                        .map(id -> world.contact(id, CHAMPION))
                        .toArray(Contact[]::new))
                .enters(Stage.ADOPTING)
                .onDay(30)
                .awaitMails(champions.length)
                .settle();
    }

    /** The mail of day 3, whose sender stopped in the middle; the one of day 0 was sent. */
    private String anUnknownMail() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();
        Jdbc.inTransaction(
                database,
                transaction -> Jdbc.update(
                        transaction,
                        "update delivery set state = 'unknown', reason = 'doubt' where account = ? and step = 'day-3'",
                        world.account));
        world.onDay(3).settle();
        return Delivery.idOf("admin-onboarding/" + world.account + "/" + world.closedOn, "day-3", "ana");
    }

    private static Response resolve(String mail, Map<String, String> verdict) {
        return authorized().contentType("application/json").body(verdict).post("/v1/messages/" + mail + "/resolve");
    }

    private static RequestSpecification authorized() {
        return RestAssured.given().header("Authorization", "Bearer local");
    }
}
