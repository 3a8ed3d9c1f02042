package dev.stagecoach.outreach;

import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.END_USER;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.JudgePreview.Judged;
import dev.stagecoach.outreach.JudgePreview.Standing;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.CapClass;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.campaign.Occasion;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import dev.stagecoach.outreach.delivery.Enrolment;
import dev.stagecoach.outreach.delivery.Moment;
import dev.stagecoach.outreach.delivery.Programme;
import dev.stagecoach.outreach.delivery.SendingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a preview says is what the rules would decide, and nothing comes of it. */
class JudgePreviewTest {
    private static final Instant NOON = Instant.parse("2025-06-10T12:00:00Z");
    private static final LocalDate CLOSED_ON = LocalDate.parse("2025-02-03");

    private static Campaign campaign(String id, Trigger trigger, @Nullable Duration coolDown, boolean approval) {
        return new Campaign(
                id,
                1,
                id,
                Kind.HEALTH,
                trigger,
                Set.of(Segment.DIGITAL),
                Set.of(Product.CODE_SEARCH),
                Set.of(CHAMPION, INSTANCE_ADMIN),
                Duration.ofDays(7),
                new Campaign.JoinUntil(null, Duration.ofDays(7)),
                Set.of(Stage.CHURNED),
                coolDown,
                4,
                CapClass.COUNTED,
                approval,
                List.of(new Step("one", Duration.ZERO, "Subject", "Preheader", "template", null)));
    }

    private final Campaign recap = campaign("recap", new Trigger.MonthClosed(90), null, false);
    private final Campaign again = campaign("again", new Trigger.MilestoneReached("goal-missed"), null, false);
    private final Campaign cooling =
            campaign("cooling", new Trigger.FeatureFirstUsed("any"), Duration.ofDays(30), false);
    private final Campaign looked = campaign("looked", new Trigger.MilestoneReached("target-lost"), null, true);
    private final Campaigns campaigns = new Campaigns(List.of(recap, again, cooling, looked));
    private final Programme programme = new Programme(
            campaigns,
            new SendingRules(
                    LocalTime.of(20, 0),
                    LocalTime.of(8, 0),
                    Set.of(),
                    List.of(new SendingRules.Cap(1, 1)),
                    Duration.ofDays(7)),
            Duration.ofHours(1));
    private final JudgePreview judge = new JudgePreview(campaigns, programme);

    private static Contact contact(String id, @Nullable ZoneId zone, Role... roles) {
        Set<Role> held = EnumSet.noneOf(Role.class);
        held.addAll(List.of(roles));
        return new Contact(id, id, id + "@acme.example", held, zone);
    }

    private static Enrolment anAccount(Segment segment, Product product, Stage stage, Contact... contacts) {
        AccountFacts facts = new AccountFacts(
                "acme",
                "Acme",
                segment,
                List.of(product),
                100,
                false,
                null,
                null,
                CLOSED_ON,
                CLOSED_ON.plusYears(1),
                null,
                ZoneOffset.UTC,
                Owners.NONE,
                List.of(),
                null);
        Instant closed = CLOSED_ON.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Enrolment.of(Account.unknown("acme", 0)
                .withFacts(facts, closed)
                .withContacts(List.of(contacts), closed)
                .inStage(stage, closed));
    }

    private static Enrolment aCustomer(Contact... contacts) {
        return anAccount(Segment.DIGITAL, Product.CODE_SEARCH, Stage.ADOPTING, contacts);
    }

    private Judged judge(Campaign campaign, Enrolment enrolment, Instant now, Map<String, String> against) {
        return judge.judge(campaign, new Standing(enrolment, now, against));
    }

    private Enrolment after(Enrolment enrolment, Trigger trigger, Instant at) {
        Enrolment told = enrolment.with(new Occasion("told-" + trigger + at, trigger, at, at));
        return told.after(programme.decide(told, new Moment(at, "cause")));
    }

    private static Enrolment with(Enrolment enrolment, UnaryOperator<Delivery> change) {
        return new Enrolment(
                enrolment.account(),
                enrolment.occasions(),
                enrolment.occurrences(),
                enrolment.deliveries().stream().map(change).toList(),
                enrolment.nextDue());
    }

    private static Delivery sent(Delivery delivery) {
        return delivery.isPlanned() ? delivery.ended(DeliveryState.SENT, null, delivery.dueAt()) : delivery;
    }

    @Test
    void saysWhoGetsItAndWhen() {
        Judged judged = judge(
                again,
                aCustomer(
                        contact("chi", null, CHAMPION),
                        contact("tok", ZoneId.of("Asia/Tokyo"), CHAMPION),
                        contact("eve", null, END_USER)),
                NOON,
                Map.of());

        assertThat(judged.gets()).isTrue();
        assertThat(judged.whyNot()).isEmpty();
        assertThat(judged.missingRoles()).containsExactly(INSTANCE_ADMIN);
        // It is nine in the evening in Tokyo.
        assertThat(judged.recipients())
                .containsExactlyInAnyOrder(
                        new JudgePreview.Reader("chi", List.of(CHAMPION), NOON, null, false, null),
                        new JudgePreview.Reader(
                                "tok",
                                List.of(CHAMPION),
                                Instant.parse("2025-06-10T23:00:00Z"),
                                "quiet-hours",
                                false,
                                null));
    }

    @Test
    void saysWhyAnAccountGetsNothing() {
        Contact chi = contact("chi", null, CHAMPION);

        assertThat(judge(again, anAccount(Segment.MANAGED, Product.CODE_SEARCH, Stage.ADOPTING, chi), NOON, Map.of())
                        .whyNot())
                .containsExactly("segment: managed accounts do not get it");
        assertThat(judge(again, anAccount(Segment.DIGITAL, Product.CODY, Stage.ADOPTING, chi), NOON, Map.of())
                        .whyNot())
                .containsExactly("products: cody (expected: code-search)");
        assertThat(judge(again, anAccount(Segment.DIGITAL, Product.CODE_SEARCH, Stage.CHURNED, chi), NOON, Map.of())
                        .whyNot())
                .containsExactly("stage: it ends in Churned");
        Judged nobody = judge(again, aCustomer(contact("eve", null, END_USER)), NOON, Map.of());
        assertThat(nobody.whyNot()).containsExactly("no-contact-for-role: nobody holds a role of the audience");
        assertThat(nobody.gets()).isFalse();
    }

    @Test
    void whoCannotBeWrittenToCostsOnlyThemselves() {
        Enrolment two = aCustomer(contact("chi", null, CHAMPION), contact("dan", null, CHAMPION));

        Judged one = judge(again, two, NOON, Map.of("dan", "unsubscribed"));
        Judged none = judge(again, two, NOON, Map.of("dan", "unsubscribed", "chi", "address-bounced"));

        assertThat(one.gets()).isTrue();
        assertThat(one.recipients())
                .extracting(JudgePreview.Reader::contact, JudgePreview.Reader::whyNot)
                .containsExactlyInAnyOrder(tuple("chi", null), tuple("dan", "unsubscribed"));
        assertThat(none.gets()).isFalse();
    }

    @Test
    void whatStartsOnceDoesNotStartAgain() {
        Enrolment ran =
                after(aCustomer(contact("chi", null, CHAMPION)), new Trigger.MilestoneReached("goal-missed"), NOON);

        assertThat(judge(again, ran, NOON.plus(Duration.ofDays(1)), Map.of()).whyNot())
                .containsExactly("started already: again/acme/goal-missed");
    }

    @Test
    void whatCoolsDownSaysSo() {
        Enrolment ran = with(
                after(aCustomer(contact("chi", null, CHAMPION)), new Trigger.FeatureFirstUsed("search"), NOON),
                JudgePreviewTest::sent);

        assertThat(judge(cooling, ran, NOON.plus(Duration.ofDays(29)), Map.of()).whyNot())
                .containsExactly("cool-down");
        assertThat(judge(cooling, ran, NOON.plus(Duration.ofDays(30)), Map.of()).gets())
                .isTrue();
    }

    @Test
    void aMailOfTodayPutsItOffToTomorrow() {
        Enrolment ran = with(
                after(aCustomer(contact("chi", null, CHAMPION)), new Trigger.FeatureFirstUsed("search"), NOON),
                JudgePreviewTest::sent);

        assertThat(judge(again, ran, NOON.plusSeconds(60), Map.of()).recipients())
                .singleElement()
                .satisfies(reader -> {
                    assertThat(reader.dueAt()).isEqualTo("2025-06-11T08:00:00Z");
                    assertThat(reader.waitsBecause()).isEqualTo("frequency-cap: 1 in 1 day");
                });
    }

    @Test
    void whatSomebodyMustReleaseIsHeld() {
        assertThat(judge(looked, aCustomer(contact("chi", null, CHAMPION)), NOON, Map.of())
                        .recipients())
                .singleElement()
                .satisfies(reader -> assertThat(reader.held()).isTrue());
    }

    @Test
    void aMonthThatIsOverDoesNotRunAnyMore() {
        Instant may = Instant.parse("2025-06-01T00:00:00Z");
        Enrolment planned = after(aCustomer(contact("chi", null, CHAMPION)), Trigger.MonthClosed.ANY, may);
        Enrolment sent = with(planned, JudgePreviewTest::sent);

        assertThat(judge(recap, planned, may, Map.of()).running())
                .containsExactly(new JudgePreview.Run("recap/acme/2025-05", 1, false, may, 1));
        // Somebody may still join within a week.
        assertThat(judge(recap, sent, may.plus(Duration.ofDays(7)), Map.of()).running())
                .containsExactly(new JudgePreview.Run("recap/acme/2025-05", 1, false, may, 0));
        assertThat(judge(recap, sent, may.plus(Duration.ofDays(8)), Map.of()).running())
                .isEmpty();
        // What waits for a person to release it runs.
        assertThat(judge(recap, planned, may.plus(Duration.ofDays(40)), Map.of())
                        .running())
                .hasSize(1);
    }
}
