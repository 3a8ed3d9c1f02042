package dev.stagecoach.outreach.delivery;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Owners;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.account.Account;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.CapClass;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.campaign.Occasion;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An account whose days are played through; what was decided is collected. */
final class Scene {
    static final LocalDate CLOSED_ON = LocalDate.parse("2025-02-03");
    static final Instant CLOSED_AT = noonOf(0);

    private final Programme programme;
    private Enrolment enrolment = Enrolment.of(Account.unknown("acme", 0));
    private Instant now = CLOSED_AT;
    private int events;
    private Decisions last = new Decisions(List.of(), List.of(), List.of(), null);

    private Scene(Campaigns campaigns) {
        programme = new Programme(campaigns, SendingRules.NONE, Duration.ofHours(1));
    }

    static Scene anAccount() {
        return new Scene(campaigns());
    }

    /** Where a person releases each mail. */
    static Scene thatNeedsApproval() {
        return new Scene(new Campaigns(campaigns().all().stream()
                .map(campaign -> new Campaign(
                        campaign.id(),
                        campaign.version(),
                        campaign.series(),
                        campaign.kind(),
                        campaign.trigger(),
                        campaign.segments(),
                        campaign.products(),
                        campaign.audience(),
                        campaign.horizon(),
                        campaign.joinUntil(),
                        campaign.stopOn(),
                        campaign.coolDown(),
                        campaign.priority(),
                        campaign.capClass(),
                        true,
                        campaign.steps()))
                .toList()));
    }

    static Scene aDigitalAccount() {
        return anAccount().facts(Segment.DIGITAL, Product.CODE_SEARCH);
    }

    static Instant noonOf(int day) {
        return CLOSED_ON.plusDays(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    static Campaigns campaigns() {
        Campaign admin = new Campaign(
                "admin-onboarding",
                1,
                "admin-onboarding",
                Kind.ONBOARDING,
                new Trigger.StageEntered(Stage.ONBOARDING),
                Set.of(Segment.DIGITAL, Segment.SCALED),
                Set.of(),
                Set.of(Role.INSTANCE_ADMIN),
                Duration.ofDays(7),
                new Campaign.JoinUntil(Stage.ONBOARDING, null),
                Set.of(Stage.CHURNED),
                null,
                3,
                CapClass.COUNTED,
                false,
                List.of(step(0), step(3), step(7), step(14)));
        List<Campaign> all = new ArrayList<>(List.of(admin));
        all.add(endUsers("code-search", Set.of(Product.CODE_SEARCH)));
        all.add(endUsers("cody", Set.of(Product.CODY)));
        all.add(endUsers("both", Set.of(Product.CODE_SEARCH, Product.CODY)));
        all.add(new Campaign(
                "check-in-30-day",
                1,
                "check-in-30-day",
                Kind.CHECK_INS,
                new Trigger.DayAfterClose(30),
                Set.of(Segment.DIGITAL, Segment.SCALED),
                Set.of(),
                Set.of(Role.PROGRAM_CONTACT, Role.INSTANCE_ADMIN, Role.CHAMPION),
                Duration.ofDays(7),
                new Campaign.JoinUntil(null, Duration.ofDays(7)),
                Set.of(Stage.CHURNED),
                null,
                3,
                CapClass.COUNTED,
                false,
                List.of(step("day-30", 0))));
        return new Campaigns(all);
    }

    private static Campaign endUsers(String variant, Set<Product> products) {
        return new Campaign(
                "end-user-onboarding-" + variant,
                1,
                "end-user-onboarding",
                Kind.ONBOARDING,
                new Trigger.MilestoneReached("first-ping"),
                Set.of(Segment.DIGITAL, Segment.SCALED),
                products,
                Set.of(Role.PROGRAM_CONTACT),
                Duration.ofDays(7),
                new Campaign.JoinUntil(Stage.ONBOARDING, Duration.ofDays(21)),
                Set.of(Stage.CHURNED),
                null,
                3,
                CapClass.COUNTED,
                false,
                List.of(step(0), step(3), step(7), step(14)));
    }

    private static Step step(int day) {
        return step("day-" + day, day);
    }

    private static Step step(String name, int day) {
        return new Step(name, Duration.ofDays(day), "Subject", "Preheader", "template", null);
    }

    static Contact contact(String id, Role... roles) {
        return contact(id, id + "@acme.example", roles);
    }

    static Contact contact(String id, String email, Role... roles) {
        Set<Role> held = EnumSet.noneOf(Role.class);
        held.addAll(Arrays.asList(roles));
        return new Contact(id, id, email, held, null);
    }

    Scene on(int day) {
        now = noonOf(day);
        return this;
    }

    Scene facts(Segment segment, Product... products) {
        return facts(segment, CLOSED_ON, products);
    }

    Scene facts(Segment segment, LocalDate closedOn, Product... products) {
        AccountFacts facts = new AccountFacts(
                "acme",
                "Acme",
                segment,
                List.of(products),
                100,
                false,
                null,
                null,
                closedOn,
                closedOn.plusYears(1),
                null,
                ZoneOffset.UTC,
                Owners.NONE,
                List.of(),
                null);
        return decide(enrolment.with(enrolment.account().withFacts(facts, now)));
    }

    Scene contacts(Contact... contacts) {
        return decide(enrolment.with(enrolment.account().withContacts(List.of(contacts), now)));
    }

    Scene enters(Stage stage) {
        return enters(stage, now);
    }

    Scene enters(Stage stage, Instant at) {
        Enrolment moved = enrolment.with(enrolment.account().inStage(stage, at));
        return decide(moved.with(new Occasion("stage-" + stage + at, new Trigger.StageEntered(stage), at, now)));
    }

    Scene firstPing() {
        return firstPing("first-ping-event");
    }

    Scene firstPing(String id) {
        return decide(enrolment.with(new Occasion(id, new Trigger.MilestoneReached("first-ping"), now, now)));
    }

    Scene tick() {
        return decide(enrolment);
    }

    private Scene decide(Enrolment changed) {
        last = programme.decide(changed, new Moment(now, "event-" + events++));
        enrolment = changed.after(last);
        return this;
    }

    Decisions lastDecisions() {
        return last;
    }

    Enrolment enrolment() {
        return enrolment;
    }

    /** Planned mails with the day on which their campaign wants them. */
    List<String> planned() {
        return enrolment.deliveries().stream()
                .filter(Delivery::isPlanned)
                .map(delivery -> delivery.campaign() + " " + delivery.step() + " to " + delivery.contact() + " on day "
                        + Duration.between(CLOSED_AT, delivery.wantedAt()).toDays())
                .sorted()
                .toList();
    }

    List<String> suppressed() {
        return enrolment.deliveries().stream()
                .filter(delivery -> delivery.state() == DeliveryState.SUPPRESSED)
                .map(delivery -> delivery.campaign() + " " + delivery.step() + " " + delivery.recipient() + ": "
                        + delivery.reason())
                .sorted()
                .toList();
    }

    List<String> occurrences() {
        return enrolment.occurrences().stream().map(Occurrence::key).sorted().toList();
    }
}
