package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static dev.stagecoach.events.Role.PROGRAM_CONTACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.ContactResponse;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.Links;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class MailPagesTest {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    @InjectPlatform
    Platform platform;

    SmtpGate gate;

    @Inject
    DataSource database;

    @Inject
    Links links;

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
    }

    @Test
    void aGetNeverUnsubscribes() {
        String link = linkOfAna(LinkPurpose.UNSUBSCRIBE);

        Response page = RestAssured.given().get(link);
        RestAssured.given().head(link);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString()).contains("<button>Unsubscribe</button>").contains("Getting started");
        world.onDay(3).awaitMails(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data"})
    void aPostUnsubscribesInOneClick(String contentType) {
        String link = linkOfAna(LinkPurpose.UNSUBSCRIBE);

        for (int i = 0; i < 2; i++) {
            assertThat(oneClick(link, contentType).statusCode()).isEqualTo(200);
        }

        world.onDay(3).settle();
        assertThat(world.mails()).hasSize(1);
        assertThat(world.ledger()).contains("admin-onboarding day-3 ana suppressed: unsubscribed");
        await().untilAsserted(() -> assertThat(answers()).singleElement().satisfies(answer -> {
            assertThat(answer.type().wireName()).isEqualTo("stagecoach.outreach.unsubscribed.v1");
            assertThat(response(answer).kind()).isEqualTo("onboarding");
        }));
        world.firstPing()
                .contacts(
                        new Contact("ana2", "Ana", "ANA@" + world.account + ".example", Set.of(PROGRAM_CONTACT), null));
        await().until(() ->
                world.ledger().contains("end-user-onboarding-code-search day-0 ana2 suppressed: unsubscribed"));
    }

    @Test
    void aPostThatIsNoOneClickChangesNothing() {
        String link = linkOfAna(LinkPurpose.UNSUBSCRIBE);

        Response empty = RestAssured.given()
                .contentType("application/x-www-form-urlencoded")
                .post(link);

        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.asString()).contains("Nothing has changed yet");
        assertThat(optOuts()).isZero();
    }

    @Test
    void unsubscribingFromOneKindLeavesTheOthers() {
        oneClick(linkOfAna(LinkPurpose.UNSUBSCRIBE), "application/x-www-form-urlencoded");
        world.contacts(world.contact("ana", INSTANCE_ADMIN, CHAMPION));

        world.onDay(30).awaitMails(2).settle();

        assertThat(world.ledger())
                .contains("admin-onboarding day-14 ana suppressed: unsubscribed", "check-in-30-day day-30 ana sent");
    }

    @Test
    void unsubscribingHoldsForTheAddressInOtherAccounts() {
        oneClick(linkOfAna(LinkPurpose.UNSUBSCRIBE), "application/x-www-form-urlencoded");
        try (World other = new World(platform, database)) {
            other.facts(Segment.DIGITAL, Product.CODY)
                    .contacts(
                            new Contact("x", "Ana", "Ana@" + world.account + ".EXAMPLE", Set.of(INSTANCE_ADMIN), null))
                    .enters(Stage.ONBOARDING);

            await().until(() -> other.ledger().contains("admin-onboarding day-0 x suppressed: unsubscribed"));
        }
    }

    @Test
    void preferencesAreStoredAndCanBeTakenBack() {
        String link = linkOfAna(LinkPurpose.PREFERENCES);
        assertThat(checkedKinds(link)).containsExactly("onboarding", "check-ins", "recaps", "health", "enablement");

        Response none = submit(link, "all", "off");
        assertThat(none.asString()).contains("none of our mails");
        assertThat(checkedKinds(link)).isEmpty();
        world.onDay(3).settle();
        assertThat(world.ledger()).contains("admin-onboarding day-3 ana suppressed: unsubscribed");

        assertThat(submit(link, "kind", "recaps", "kind", "check-ins").statusCode())
                .isEqualTo(200);
        assertThat(checkedKinds(link)).containsExactly("check-ins", "recaps");
        world.contacts(world.contact("ana", INSTANCE_ADMIN, CHAMPION)).onDay(30);
        world.awaitMails(2).settle();
        assertThat(world.ledger()).contains("check-in-30-day day-30 ana sent");
        await().untilAsserted(() -> assertThat(answers())
                .extracting(
                        answer -> answer.type().name() + " " + response(answer).kind())
                .containsExactly(
                        "UNSUBSCRIBED null",
                        "RESUBSCRIBED null",
                        "UNSUBSCRIBED onboarding",
                        "UNSUBSCRIBED health",
                        "UNSUBSCRIBED enablement"));
    }

    @Test
    void whoComesBackAndLeavesAgainIsToldEachTime() {
        String link = linkOfAna(LinkPurpose.PREFERENCES);

        submit(link, "all", "off");
        submit(
                link,
                "kind",
                "onboarding",
                "kind",
                "check-ins",
                "kind",
                "recaps",
                "kind",
                "health",
                "kind",
                "enablement");
        submit(link, "all", "off");

        assertThat(checkedKinds(link)).isEmpty();
        await().untilAsserted(() -> assertThat(answers())
                .extracting(answer -> answer.type().name())
                .containsExactly("UNSUBSCRIBED", "RESUBSCRIBED", "UNSUBSCRIBED"));
    }

    @Test
    void storesASurveyAnswerOnlyWhenItIsConfirmed() {
        String link = surveyOfChi();
        assertThat(world.mails().get(0).html()).get().asString().contains("?score=9\"");

        Response page = RestAssured.given().get(link + "?score=9");

        assertThat(page.asString()).contains("value=\"9\" required checked").contains("Confirm your answer");
        assertThat(answers()).isEmpty();

        for (int i = 0; i < 2; i++) {
            assertThat(submit(link, "score", "9", "comment", "Works for us").statusCode())
                    .isEqualTo(200);
        }
        await().untilAsserted(() -> assertThat(answers()).singleElement().satisfies(event -> {
            assertThat(response(event).score()).isEqualTo(9);
            assertThat(response(event).comment()).isEqualTo("Works for us");
            assertThat(response(event).contact()).isEqualTo("chi");
            assertThat(event.time()).isEqualTo(world.now());
        }));
    }

    @Test
    void aSecondAnswerCorrectsTheFirst() {
        String link = surveyOfChi();

        submit(link, "score", "9");
        submit(link, "score", "3");
        submit(link, "score", "9");

        await().untilAsserted(() -> assertThat(answers())
                .extracting(event -> response(event).score())
                .containsExactly(9, 3, 9));
    }

    @Test
    void anAnswerWithoutOurFormIsNoAnswer() {
        String link = surveyOfChi();

        Response posted = RestAssured.given().formParam("score", "10").post(link + "?score=10");
        Response forged = RestAssured.given()
                .formParam("score", "10")
                .formParam("comment", "<b>kept</b>")
                .formParam("form", "AAAAAAAAAAAAAAAAAAAAAA")
                .post(link);

        assertThat(posted.statusCode()).isEqualTo(400);
        assertThat(forged.statusCode()).isEqualTo(400);
        assertThat(forged.asString())
                .contains("Nothing has been sent yet")
                .contains("&lt;b&gt;kept&lt;/b&gt;")
                .doesNotContain("<b>kept");
        assertThat(world.count("select count(*) n from response where account = '" + world.account + "'"))
                .isZero();
    }

    @Test
    void aSurveyWithoutAScoreAsksForOne() {
        String link = surveyOfChi();

        for (String score : List.of("", "11", "-1", "nine", "9.5")) {
            Response answer = submit(link, "score", score);
            assertThat(answer.statusCode()).as(score).isEqualTo(400);
            assertThat(answer.asString()).contains("Choose a number from 0 to 10");
        }
    }

    @ParameterizedTest
    @CsvSource({"HELP, help-requested", "TRAINING, training-requested", "MEETING, meeting-requested"})
    void asksTheTeam(LinkPurpose purpose, String type) {
        String link = linkOfAna(purpose);
        assertThat(RestAssured.given().get(link).statusCode()).isEqualTo(200);

        assertThat(submit(link, "comment", "SSO \0 ✓").statusCode()).isEqualTo(200);

        await().untilAsserted(() -> assertThat(answers()).singleElement().satisfies(event -> {
            assertThat(event.type().wireName()).isEqualTo("stagecoach.outreach." + type + ".v1");
            assertThat(response(event).comment()).isEqualTo("SSO  ✓");
            assertThat(response(event).campaign()).isEqualTo("admin-onboarding");
            assertThat(response(event).occurrence()).isEqualTo(occurrence());
        }));
    }

    @Test
    void linksCannotBeForgedOrUsedForSomethingElse() {
        String link = linkOfAna(LinkPurpose.HELP);

        for (String other : List.of("unsubscribe", "survey", "training", "meeting", "preferences")) {
            assertThat(RestAssured.given()
                            .contentType("application/x-www-form-urlencoded")
                            .post(link.replace("/help/", "/" + other + "/"))
                            .statusCode())
                    .as(other)
                    .isEqualTo(404);
        }
        assertThat(RestAssured.given().get(link.substring(0, link.length() - 2)).statusCode())
                .isEqualTo(404);
        assertThat(RestAssured.given()
                        .get(link.replaceFirst("/help/.", "/help/Z"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(RestAssured.given().get(link + "%0d%0aX-Evil:1").statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesLeakTheirAddressToNobody() {
        Response page = RestAssured.given().get(linkOfAna(LinkPurpose.PREFERENCES));

        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Robots-Tag")).contains("noindex");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("form-action 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(page.asString()).doesNotContain("ana@").doesNotContain("Acme");
    }

    private static Response oneClick(String link, String contentType) {
        return contentType.startsWith("multipart")
                ? RestAssured.given().multiPart("List-Unsubscribe", "One-Click").post(link)
                : RestAssured.given()
                        .contentType(contentType)
                        .body("List-Unsubscribe=One-Click")
                        .post(link);
    }

    /** Presses the button of the page, with these fields filled in. */
    private static Response submit(String link, String... fields) {
        Matcher form = FORM.matcher(RestAssured.given().get(link).asString());
        assertThat(form.find()).isTrue();
        StringBuilder body = new StringBuilder("form=" + encoded(form.group(1)));
        for (int i = 0; i < fields.length; i += 2) {
            body.append('&').append(fields[i]).append('=').append(encoded(fields[i + 1]));
        }
        return asABrowser().body(body.toString()).post(link);
    }

    /** Browsers do not name the character set of a form; the test library would name another one. */
    private static RequestSpecification asABrowser() {
        return RestAssured.given()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/x-www-form-urlencoded");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> checkedKinds(String link) {
        return Pattern.compile("value=\"([a-z-]+)\" checked")
                .matcher(RestAssured.given().get(link).asString())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private String occurrence() {
        return "admin-onboarding/" + world.account + "/" + world.closedOn;
    }

    private String linkOfAna(LinkPurpose purpose) {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();
        return links.to(purpose, MailReference.of(occurrence(), "day-0", "ana"))
                .replaceFirst("http://localhost:\\d+", RestAssured.baseURI + ":" + RestAssured.port);
    }

    private String surveyOfChi() {
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("chi", CHAMPION))
                .enters(Stage.ADOPTING)
                .onDay(30)
                .awaitMails(1);
        return World.linkIn(world.mails().get(0), "/survey/");
    }

    private long optOuts() {
        return world.count("select count(*) n from opt_out where account = '" + world.account + "'");
    }

    private List<Event<?>> answers() {
        return world.told("outreach.responses");
    }

    private static ContactResponse response(Event<?> event) {
        return (ContactResponse) event.data();
    }
}
