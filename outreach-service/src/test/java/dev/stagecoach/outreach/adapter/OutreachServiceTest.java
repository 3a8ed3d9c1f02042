package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.END_USER;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static dev.stagecoach.events.Role.PROGRAM_CONTACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.DueMail;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.ReceivedMail;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.MetricsTable;
import dev.stagecoach.testing.RecordedTraces;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.JsonFormatter;
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
class OutreachServiceTest {
    @Inject
    RecordedTraces recordedTraces;

    @InjectPlatform
    Platform platform;

    SmtpGate gate;

    @Inject
    JdbcDeliveries deliveries;

    @Inject
    DataSource database;

    private World world;

    @BeforeEach
    void aNewWorld() {
        gate.leadTo(platform.smtpPort());
        world = new World(platform, database);
    }

    @AfterEach
    void everyMailIsAccountedFor() {
        gate.reopen();
        world.close();
        assertThat(Balance.read(database).missing()).isZero();
    }

    private World aCustomer() {
        return world.facts(Segment.DIGITAL, Product.CODE_SEARCH);
    }

    @Test
    void sendsTheAdminSequenceDayByDay() {
        aCustomer().contacts(world.contact("ana", INSTANCE_ADMIN)).enters(Stage.ONBOARDING);

        world.awaitMails(1).onDay(2).settle();
        assertThat(world.mails()).hasSize(1);
        world.onDay(3)
                .awaitMails(2)
                .onDay(7)
                .awaitMails(3)
                .onDay(14)
                .awaitMails(4)
                .onDay(28)
                .settle();

        assertThat(world.mails())
                .extracting(ReceivedMail::subject)
                .containsExactly(
                        "Set up your instance in four steps",
                        "Connect your code hosts",
                        "Sign-on and permissions, done once",
                        "Keep it healthy - backup and upgrades");
    }

    @Test
    void writesMailsThatAreWhatBulkMailShouldBe() {
        aCustomer().contacts(world.contact("ana", INSTANCE_ADMIN)).enters(Stage.ONBOARDING);

        ReceivedMail mail = world.awaitMails(1).mails().get(0);

        assertThat(mail.recipients()).containsExactly("ana@" + world.account + ".example");
        assertThat(mail.header("X-Stagecoach-Campaign")).contains("admin-onboarding");
        assertThat(mail.header("X-Stagecoach-Occurrence"))
                .contains("admin-onboarding/" + world.account + "/" + world.closedOn);
        assertThat(mail.header("X-Stagecoach-Account")).contains(world.account);
        assertThat(mail.header("Auto-Submitted")).contains("auto-generated");
        assertThat(mail.header("List-Unsubscribe-Post")).contains("List-Unsubscribe=One-Click");
        assertThat(mail.header("List-Unsubscribe")).get().asString().startsWith("<http://localhost:8083/unsubscribe/");
        assertThat(mail.header("Reply-To")).contains("success@example.com");
        assertThat(mail.headers().get("Message-ID"))
                .singleElement()
                .asString()
                .matches("<[0-9a-f-]{36}@outreach\\.example\\.com>");
        assertThat(new String(mail.raw(), StandardCharsets.UTF_8)).contains("multipart/alternative");
        assertThat(mail.text()).get().asString().startsWith("Hi Ana,").contains("Acme & Sons is set up");
        assertThat(mail.html())
                .get()
                .asString()
                .contains("Acme &amp; Sons is set up")
                .contains("Unsubscribe</a>");
    }

    @Test
    void theSameEventsAgainSendNothingAgain() {
        for (int i = 0; i < 3; i++) {
            aCustomer()
                    .contacts(world.contact("ana", INSTANCE_ADMIN), world.contact("pia", PROGRAM_CONTACT))
                    .enters(Stage.ONBOARDING)
                    .firstPing()
                    .tick();
        }

        world.onDay(3).awaitMails(4).settle();

        assertThat(world.mails()).hasSize(4);
        assertThat(world.mails().stream().map(mail -> mail.header("Message-ID")).distinct())
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "code-search, Your instance is live - invite your team",
        "cody, Cody is live - invite your team",
        "both, Code Search and Cody are live"
    })
    void sendsTheEndUserSequenceForWhatWasBought(String variant, String subject) {
        Product[] products = variant.equals("both") ? Product.values() : new Product[] {Product.of(variant)};
        world.facts(Segment.SCALED, products)
                .contacts(world.contact("pia", PROGRAM_CONTACT), world.contact("eve", END_USER))
                .enters(Stage.ADOPTING)
                .firstPing();

        world.awaitMails(1).settle();

        assertThat(world.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo(subject);
            assertThat(mail.header("X-Stagecoach-Occurrence"))
                    .contains("end-user-onboarding-" + variant + "/" + world.account + "/first-ping");
            assertThat(mail.text()).get().asString().contains("/help/");
        });
    }

    @Test
    void asksEachPersonOnceOnDay30() {
        aCustomer()
                .contacts(
                        world.contact("all", PROGRAM_CONTACT, INSTANCE_ADMIN, CHAMPION), world.contact("chi", CHAMPION))
                .enters(Stage.ADOPTING)
                .onDay(29)
                .settle();
        assertThat(world.mails()).isEmpty();

        world.onDay(30).awaitMails(2).onDay(31).settle();

        assertThat(world.ledger())
                .containsExactly("check-in-30-day day-30 all sent", "check-in-30-day day-30 chi sent");
    }

    @Test
    void managedAccountsGetNothing() {
        world.facts(Segment.MANAGED, Product.CODY)
                .contacts(world.contact("ana", INSTANCE_ADMIN, PROGRAM_CONTACT, CHAMPION))
                .enters(Stage.ONBOARDING)
                .firstPing()
                .onDay(30)
                .settle();

        assertThat(world.mails()).isEmpty();
        assertThat(world.ledger()).isEmpty();
    }

    @Test
    void aVacantRoleIsToldAndServedWhenItIsFilled() {
        aCustomer()
                .contacts(world.contact("eve", END_USER))
                .enters(Stage.ONBOARDING)
                .settle();
        await().until(() -> !world.ledger().isEmpty());
        assertThat(world.ledger())
                .containsExactly(
                        "admin-onboarding day-0 role:instance-admin suppressed: no-contact-for-role: instance-admin");
        assertThat(world.told("outreach.messages"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.type().wireName()).isEqualTo("stagecoach.outreach.message-suppressed.v1"));

        world.onDay(4).contacts(world.contact("eve", END_USER), world.contact("ana", INSTANCE_ADMIN));

        world.awaitMails(1).settle();
        assertThat(world.mails()).extracting(ReceivedMail::subject).containsExactly("Connect your code hosts");
    }

    @Test
    void tellsOfEachMailOnce() {
        aCustomer()
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1);

        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.type().wireName()).isEqualTo("stagecoach.outreach.message-sent.v1");
                    assertThat(event.time()).isEqualTo(world.now());
                }));
    }

    @Test
    void aMailIsPartOfTheTraceOfWhatLedToIt() {
        String trace = recordedTraces.begin();

        aCustomer()
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .tracedAs(trace)
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();

        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.type().wireName()).isEqualTo("stagecoach.outreach.message-sent.v1");
                    assertThat(RecordedTraces.idOf(event.traceParent())).isEqualTo(RecordedTraces.idOf(trace));
                    assertThat(recordedTraces.stepsOf(trace))
                            .containsExactly(
                                    "decide on mails: account " + world.account + ", event " + event.causationId(),
                                    "send a mail: account " + world.account + ", event " + event.causationId());
                }));
    }

    /** What is said of an address that no mail can go to quotes it. */
    @Test
    void theLogOfAFailingMailNamesAccountAndEventAndNoAddress() {
        JsonFormatter json = new JsonFormatter();
        List<ExtLogRecord> logged = new CopyOnWriteArrayList<>();
        Handler listening = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord one) {
                one.copyAll();
                logged.add(one);
            }
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listening);
        try {
            aCustomer()
                    .contacts(
                            new Contact("bad", "Bella Bad", "bella bad@nowhere.example", Set.of(INSTANCE_ADMIN), null),
                            world.contact("ana", INSTANCE_ADMIN))
                    .enters(Stage.ONBOARDING);
            world.awaitMails(1).settle();
            await().until(() -> logged.stream().anyMatch(one -> json.format(one).contains("is failed")));
        } finally {
            root.removeHandler(listening);
        }

        assertThat(logged)
                .extracting(json::format)
                .noneMatch(line -> line.contains("nowhere.example"))
                .noneMatch(line -> line.contains("Bella"))
                .filteredOn(line -> line.contains("is failed"))
                .singleElement()
                .asString()
                .contains("\"account\":\"" + world.account + "\"")
                .containsPattern("\"event\":\"[0-9a-f-]{36}\"");
    }

    @Test
    void anAddressThatIsNoneCostsOnlyItself() {
        aCustomer()
                .contacts(
                        new Contact("bad", "Bad, Address", "not an address", Set.of(INSTANCE_ADMIN), null),
                        world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING);

        world.awaitMails(1).settle();

        assertThat(world.ledger())
                .contains("admin-onboarding day-0 ana sent")
                .anyMatch(entry -> entry.startsWith("admin-onboarding day-0 bad failed: "));
    }

    @Test
    void whatAnotherSenderWasSendingIsUnknownAndTold() {
        aMailThatAnotherIsSending();

        int unknown = sender("new owner").takeOver(Set.of(0, 1, 2));

        assertThat(unknown).isEqualTo(1);
        world.onDay(3).settle();
        assertThat(world.mails()).hasSize(1);
        assertThat(world.ledger())
                .contains("admin-onboarding day-3 ana unknown: its sender stopped while handing it over");
        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .filteredOn(event -> world.account.equals(event.account()))
                .extracting(event -> event.type().wireName())
                .contains("stagecoach.outreach.message-unknown.v1"));
    }

    @Test
    void whoLooksForAMailInDoubtIsToldUnderWhichMessageIdItWasHandedOver() {
        // Given
        aMailThatAnotherIsSending();

        // When
        deliveries.takeOver(Set.of(0, 1, 2));

        // Then
        JsonPath doubt = RestAssured.given()
                .header("Authorization", "Bearer local")
                .get("/v1/messages?state=unknown&account=" + world.account)
                .jsonPath();
        String messageId = "<" + doubt.getString("messages[0].id") + "@outreach.example.com>";
        assertThat(doubt.getString("messages[0].messageId")).isEqualTo(messageId);
        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .filteredOn(event -> world.account.equals(event.account()))
                .filteredOn(event -> event.type() == EventType.MESSAGE_UNKNOWN)
                .extracting(event -> ((MessageOutcome) event.data()).messageId())
                .containsExactly(messageId));
        // As it is with those that arrived.
        assertThat(world.mails().get(0).header("Message-ID").orElseThrow()).endsWith("@outreach.example.com>");
    }

    private void aMailThatAnotherIsSending() {
        aCustomer()
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();
        world.isBeingSentByAnother("day-3");
    }

    private JdbcDeliveries sender(String process) {
        return new JdbcDeliveries(database, process, Delivery::id, () -> {});
    }

    @Test
    void whatAnotherSenderHadOnlyClaimedIsSent() {
        gate.shut();
        aCustomer().contacts(world.contact("ana", INSTANCE_ADMIN)).enters(Stage.ONBOARDING);
        await().until(() -> !world.ledger().isEmpty());
        world.claimedBy(sender("another, which dies"));

        gate.reopen();

        world.awaitMails(1).settle();
        assertThat(world.ledger()).contains("admin-onboarding day-0 ana sent");
    }

    @Test
    void ofTwoWhoClaimedTheSameMailOneHandsItOver() {
        gate.shut();
        aCustomer().contacts(world.contact("ana", INSTANCE_ADMIN)).enters(Stage.ONBOARDING);
        await().until(() -> !world.ledger().isEmpty());
        JdbcDeliveries first = sender("first");
        JdbcDeliveries second = sender("second");
        DueMail firsts = world.claimedBy(first);
        DueMail seconds = world.claimedBy(second);

        assertThat(first.begin(firsts)).isTrue();
        assertThat(second.begin(seconds)).isFalse();

        second.putBack(seconds, "another sender has it", Duration.ZERO);
        second.settle(Duration.ofSeconds(10));
        first.record(firsts, DeliveryState.SENT, "<1@example.com>", null);
        first.settle(Duration.ofSeconds(10));
        gate.reopen();
        world.settle();
        assertThat(world.mails()).isEmpty();
        assertThat(world.ledger()).contains("admin-onboarding day-0 ana sent");
    }

    @Test
    void whatWasDecidedAfterTheClaimHolds() {
        gate.shut();
        aCustomer().contacts(world.contact("ana", INSTANCE_ADMIN)).enters(Stage.ONBOARDING);
        await().until(() -> !world.ledger().isEmpty());
        JdbcDeliveries sender = sender("slow");
        DueMail claimed = world.claimedBy(sender);

        world.enters(Stage.CHURNED);
        await().until(() -> world.ledger().stream().anyMatch(line -> line.contains("day-0 ana suppressed")));

        assertThat(sender.begin(claimed)).isFalse();
        gate.reopen();
    }

    @Test
    void nothingIsLostWhileTheMailServerIsAway() {
        gate.shut();
        aCustomer()
                .contacts(world.contact("a", INSTANCE_ADMIN), world.contact("b", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .onDay(3);
        await().until(() -> world.ledger().size() == 8 && readiness().asString().contains("Connection refused"));
        assertThat(RestAssured.given().get("/q/metrics").asString())
                .contains("stagecoach_outreach_mail_server_trouble 1.0")
                .containsPattern("handovers_seconds_count\\{outcome=\"unreachable\"} [1-9]");
        assertThat(readiness().statusCode()).isEqualTo(200);
        assertThat(world.mails()).isEmpty();

        gate.reopen();

        // One a day and person, though two of each wait by now.
        world.awaitMails(2).settle();
        assertThat(world.mails()).hasSize(2);
        world.onDay(4).awaitMails(4).settle();
        assertThat(world.ledger().stream().filter(entry -> entry.endsWith("sent")))
                .hasSize(4);
        assertThat(world.ledger()).noneMatch(entry -> entry.contains("unknown"));
    }

    @Test
    void mailsAtWhichTheServerHangsUpHoldUpNoOthers() {
        try (StubbornServer server = new StubbornServer()) {
            // Names of this test only: what others have left behind becomes due now, too.
            server.hangsUpOn("jinx@").hangsUpOn("hoodoo@");
            world.settle();
            gate.leadTo(server.port());
            aCustomer()
                    .contacts(
                            world.contact("jinx", INSTANCE_ADMIN),
                            world.contact("hoodoo", INSTANCE_ADMIN),
                            world.contact("cem", INSTANCE_ADMIN),
                            world.contact("dov", INSTANCE_ADMIN))
                    .enters(Stage.ONBOARDING);

            await().until(() -> world.ledger()
                    .containsAll(List.of("admin-onboarding day-0 cem sent", "admin-onboarding day-0 dov sent")));

            assertThat(world.ledger())
                    .filteredOn(mail -> mail.contains(" day-0 jinx ") || mail.contains(" day-0 hoodoo "))
                    .hasSize(2)
                    .allSatisfy(mail -> assertThat(mail).contains(" planned"));
            gate.leadTo(platform.smtpPort());
            world.awaitMails(2);
        }
    }

    @Test
    void whatIsOverdueAtNightWaitsForTheMorning() {
        gate.shut();
        aCustomer().contacts(world.contact("ana", INSTANCE_ADMIN)).enters(Stage.ONBOARDING);
        await().until(() -> world.ledger().size() == 4 && readiness().asString().contains("Connection refused"));
        world.onDay(0, LocalTime.of(22, 0)).awaitClocks();

        gate.reopen();
        world.settle();

        assertThat(world.mails()).isEmpty();
        JsonPath waiting = authorized()
                .get("/v1/messages?account=" + world.account)
                .jsonPath()
                .setRootPath("messages.find { it.step == 'day-0' }");
        JsonPath story = authorized()
                .get("/v1/messages/" + waiting.getString("id"))
                .jsonPath()
                .setRootPath("message");
        assertThat(story.getString("state")).isEqualTo("planned");
        assertThat(story.getString("waitsBecause")).isEqualTo("quiet-hours");
        assertThat(story.getString("wantedAt"))
                .isEqualTo(
                        world.closedOn.atTime(12, 0).toInstant(ZoneOffset.UTC).toString());
        assertThat(story.getString("dueAt"))
                .isEqualTo(world.closedOn
                        .plusDays(1)
                        .atTime(8, 0)
                        .toInstant(ZoneOffset.UTC)
                        .toString());
        world.onDay(1, LocalTime.of(8, 0)).awaitMails(1).settle();
        assertThat(world.mails()).hasSize(1);
    }

    @Test
    void whoIsAContactOfSeveralAccountsGetsNoMoreThanOthers() {
        try (World second = world.neighbour("second");
                World third = world.neighbour("third")) {
            List<World> all = List.of(world, second, third);
            for (World each : all) {
                each.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                        .contacts(new Contact(
                                "x", "Ana Ant", "Ana@" + world.account + ".EXAMPLE", Set.of(INSTANCE_ADMIN), null))
                        .enters(Stage.ONBOARDING);
            }
            await().until(() -> all.stream().allMatch(each -> each.ledger().size() == 4));

            List<Integer> perDay = new ArrayList<>();
            for (int day = 0; day < 7; day++) {
                world.onDay(day).settle();
                perDay.add(all.stream().mapToInt(each -> each.mails().size()).sum());
            }

            // One a day, none at the weekend, four in a week.
            assertThat(perDay).containsExactly(1, 2, 3, 4, 4, 4, 4);
            world.onDay(29).settle();
            assertThat(all.stream().flatMap(each -> each.ledger().stream()))
                    .hasSize(12)
                    .allMatch(entry -> entry.endsWith("sent") || entry.endsWith("suppressed: frequency-cap"));
        }
    }

    @Test
    void answersWhySheDidNotGetIt() {
        aCustomer()
                .contacts(world.contact("eve", END_USER))
                .enters(Stage.ONBOARDING)
                .settle();
        await().until(() -> !world.ledger().isEmpty());

        Response answer = authorized().get("/v1/messages?account=" + world.account);

        assertThat(answer.jsonPath().getList("messages")).hasSize(1);
        assertThat(answer.jsonPath().getString("messages[0].reason")).isEqualTo("no-contact-for-role: instance-admin");
        assertThat(answer.asString()).doesNotContain("@");
    }

    @Test
    void pagesThroughTheLedger() {
        aCustomer()
                .contacts(world.contact("a", INSTANCE_ADMIN), world.contact("b", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(2)
                .settle();
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            Response page = authorized().get("/v1/messages?limit=3&account=" + world.account + next);
            ids.addAll(page.jsonPath().getList("messages.id", String.class));
            next = page.jsonPath().getString("next") == null
                    ? null
                    : "&after=" + page.jsonPath().getString("next");
        } while (next != null);

        assertThat(ids).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void showsWhatACampaignWouldSend() {
        aCustomer()
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.PROSPECT)
                .settle();
        await().until(() -> authorized()
                        .contentType("application/json")
                        .body(Map.of("account", world.account))
                        .post("/v1/campaigns/admin-onboarding/preview")
                        .statusCode()
                == 200);

        Response preview = authorized()
                .contentType("application/json")
                .body(Map.of("account", world.account))
                .post("/v1/campaigns/end-user-onboarding-cody/preview");
        Response admin = authorized()
                .contentType("application/json")
                .body(Map.of("account", world.account))
                .post("/v1/campaigns/admin-onboarding/preview");

        assertThat(preview.jsonPath().getList("whyNot")).containsExactly("products: code-search (expected: cody)");
        assertThat(preview.jsonPath().getList("missingRoles")).containsExactly("program-contact");
        assertThat(admin.jsonPath().getList("whyNot")).isEmpty();
        assertThat(admin.jsonPath().getList("recipients.contact")).containsExactly("ana");
        assertThat(admin.jsonPath().getList("mails.step")).containsExactly("day-0", "day-3", "day-7", "day-14");
        assertThat(world.mails()).isEmpty();
    }

    @Test
    void refusesWhatIsWrongWithAProblem() {
        Response anonymous = RestAssured.given().get("/v1/messages");
        Response state = authorized().get("/v1/messages?state=lost");
        Response campaign =
                authorized().contentType("application/json").body("{}").post("/v1/campaigns/none/preview");
        Response account =
                authorized().contentType("application/json").body("{").post("/v1/campaigns/check-in-30-day/preview");

        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(state.statusCode()).isEqualTo(400);
        assertThat(campaign.statusCode()).isEqualTo(404);
        assertThat(account.statusCode()).isEqualTo(400);
        for (Response response : List.of(anonymous, state, campaign, account)) {
            assertThat(response.contentType()).startsWith("application/problem+json");
            assertThat(response.jsonPath().getInt("status")).isEqualTo(response.statusCode());
        }
    }

    @Test
    void isReadyAndMeasured() {
        assertThat(RestAssured.given().get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(RestAssured.given().get("/q/health/ready").asString()).contains("mail server");
        assertThat(RestAssured.given().get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(RestAssured.given().get("/q/health/live").asString()).contains("threads");
        assertThat(RestAssured.given().get("/q/metrics").asString())
                .contains("stagecoach_outreach_deliveries{state=\"sent\"}")
                .contains("stagecoach_outreach_balance_missing 0.0")
                .contains("stagecoach_outreach_mail_server_trouble 0.0")
                .contains("stagecoach_outreach_bounce_mailbox_trouble 0.0");
        await().untilAsserted(() -> assertThat(MetricsTable.shownIn(
                        RestAssured.given().get("/q/metrics").asString()))
                .isEqualTo(MetricsTable.of("outreach-service")));
        assertThat(RestAssured.given().get("/q/openapi").asString()).contains("/v1/messages");
    }

    @Test
    void theBalanceCountsEveryState() {
        aCustomer()
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();

        Balance balance = Balance.read(database);

        assertThat(balance.of(DeliveryState.SENT)).isPositive();
        assertThat(balance.of(DeliveryState.PLANNED)).isGreaterThanOrEqualTo(3);
        assertThat(balance.missing()).isZero();
    }

    private static RequestSpecification authorized() {
        return RestAssured.given().header("Authorization", "Bearer local");
    }

    private static Response readiness() {
        return RestAssured.given().get("/q/health/ready");
    }
}
