package dev.stagecoach.outreach;

import static dev.stagecoach.outreach.InMemoryDeliveries.dueMail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.CapClass;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.LastLook;
import dev.stagecoach.outreach.delivery.SendingRules;
import dev.stagecoach.outreach.letter.Words;
import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.Mail;
import dev.stagecoach.outreach.mail.MailReference;
import dev.stagecoach.outreach.mail.Sender;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} 4: what the mail server says is what the ledger says. */
class SendDueMailTest {
    private final InMemoryDeliveries deliveries = new InMemoryDeliveries();
    private final List<Mail> sent = new ArrayList<>();
    private Handover answer = new Handover.Accepted();
    private String body = "Hello";

    private final SendDueMail sendDueMail = new SendDueMail(
            new Campaigns(List.of(welcome())),
            new LastLook(SendingRules.NONE),
            new ComposeMail(new OneTemplate(), new NoLinks(), days -> Optional.empty(), sender(), new NoReports()),
            this::take,
            deliveries);

    private Handover take(Mail mail, BooleanSupplier mayHandOver) {
        if (!mayHandOver.getAsBoolean()) {
            return new Handover.Withheld("another has it");
        }
        sent.add(mail);
        return answer;
    }

    private static Campaign welcome() {
        return new Campaign(
                "welcome",
                1,
                "welcome",
                Kind.ONBOARDING,
                new Trigger.StageEntered(Stage.ONBOARDING),
                Set.of(Segment.DIGITAL),
                Set.of(),
                Set.of(Role.CHAMPION),
                Duration.ofDays(7),
                new Campaign.JoinUntil(null, Duration.ofDays(7)),
                Set.of(Stage.CHURNED),
                null,
                3,
                CapClass.COUNTED,
                false,
                List.of(new Step("day-0", Duration.ZERO, "Welcome", "Good to have you", "welcome", null)));
    }

    private static Sender sender() {
        return new Sender(
                "Robin <r@x.example>",
                "team@x.example",
                "Robin",
                "Team",
                "Street",
                "x.example",
                Optional.<URI>empty(),
                Locale.ENGLISH);
    }

    private final class OneTemplate implements Templates {
        @Override
        public Locale languageFor(String template, Locale reader) {
            return reader;
        }

        @Override
        public Words words(Locale language) {
            return new Words(
                    language,
                    Map.of(
                            "greeting", "Hi {0}",
                            "because", "As {0} of {1}",
                            "askForHelp", "Help",
                            "askForTraining", "Training",
                            "askForMeeting", "Meeting",
                            "aFeature", "a feature",
                            "unknown", "unknown"));
        }

        @Override
        public String text(String template, Locale language, Map<String, Object> model) {
            if (body.isEmpty()) {
                throw new IllegalArgumentException(template + ".txt: nothing to say");
            }
            return body;
        }

        @Override
        public String html(String template, Locale language, Map<String, Object> model) {
            return body;
        }
    }

    private record NoLinks() implements Links {
        @Override
        public String to(LinkPurpose purpose, MailReference mail) {
            return "https://x.example/" + purpose.path();
        }

        @Override
        public Optional<MailReference> read(LinkPurpose purpose, String token) {
            return Optional.empty();
        }
    }

    private record NoReports() implements EnvelopeSenders {
        @Override
        public String of(String delivery) {
            return "bounces@x.example";
        }

        @Override
        public Optional<String> delivery(String address) {
            return Optional.empty();
        }
    }

    private String send(DueMail mail) {
        deliveries.plan(mail);
        sendDueMail.send(mail);
        return deliveries.state("ana");
    }

    @Test
    void acceptedIsSent() {
        assertThat(send(dueMail("welcome", "day-0", "ana"))).isEqualTo("sent");
        assertThat(sent).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("\"Ana Ant\" <ana@acme.example>");
            assertThat(mail.messageId()).endsWith("@x.example>");
            assertThat(mail.headers()).containsEntry("X-Stagecoach-Occurrence", "welcome/acme/2025-02-03");
        });
    }

    @Test
    void refusedIsFailedWithTheReason() {
        answer = new Handover.Refused("550 no such user");

        assertThat(send(dueMail("welcome", "day-0", "ana"))).isEqualTo("failed: 550 no such user");
    }

    @Test
    void doubtIsUnknown() {
        answer = new Handover.Doubtful("the connection broke");

        assertThat(send(dueMail("welcome", "day-0", "ana"))).isEqualTo("unknown: the connection broke");
    }

    @Test
    void whatAnotherHasClaimedMeanwhileStaysWithIt() {
        // Given
        DueMail mail = dueMail("welcome", "day-0", "ana");
        deliveries.plan(mail);
        deliveries.claimByAnother(mail);

        // When
        sendDueMail.send(mail);

        // Then
        assertThat(sent).isEmpty();
        assertThat(deliveries.state("ana")).isEqualTo("claimed by another");
    }

    @Test
    void postponedIsTriedAgainLater() {
        answer = new Handover.Postponed("450 greylisted");

        assertThat(send(dueMail("welcome", "day-0", "ana"))).isEqualTo("planned");
        assertThat(deliveries.pauses()).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void postponedTooOftenIsFailed() {
        answer = new Handover.Postponed("450 greylisted");
        DueMail mail = dueMail("welcome", "day-0", "ana");

        DueMail old = new DueMail(
                1, mail.delivery(), mail.account(), mail.contact(), false, Map.of(), Optional.empty(), mail.now(), 15);

        assertThat(send(old)).isEqualTo("failed: postponed too often: 450 greylisted");
    }

    @Test
    void pausesGrowToAnHour() {
        assertThat(SendDueMail.pauseAfter(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(SendDueMail.pauseAfter(40)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void nobodyAnsweringIsTroubleForAll() {
        answer = new Handover.Unreachable("connection refused");
        DueMail mail = dueMail("welcome", "day-0", "ana");

        assertThat(sendDueMail.send(mail)).contains(new SendDueMail.Trouble("connection refused"));
        assertThat(deliveries.state("ana")).isEqualTo("planned behind others: connection refused");
    }

    @Test
    void aBrokenTemplateCostsOnlyItself() {
        body = "";

        assertThat(send(dueMail("welcome", "day-0", "ana")))
                .isEqualTo("failed: the mail could not be written: welcome.txt: nothing to say");
        assertThat(sent).isEmpty();
    }

    @Test
    void aStepThatIsGoneIsFailed() {
        assertThat(send(dueMail("welcome", "day-9", "ana"))).startsWith("failed: ");
    }

    @Test
    void whatIsLateIsNotSentInQuietHours() {
        SendDueMail atNight = new SendDueMail(
                new Campaigns(List.of(welcome())),
                new LastLook(new SendingRules(
                        LocalTime.of(20, 0), LocalTime.of(8, 0), Set.of(), List.of(), Duration.ofDays(7))),
                new ComposeMail(new OneTemplate(), new NoLinks(), days -> Optional.empty(), sender(), new NoReports()),
                this::take,
                deliveries);
        DueMail mail = dueMail("welcome", "day-0", "ana");

        deliveries.plan(mail);
        atNight.send(mail);

        assertThat(deliveries.state("ana")).isEqualTo("planned: 1970-01-01T08:00:00Z quiet-hours");
        assertThat(sent).isEmpty();
    }

    @Test
    void whoLostTheRoleOrLeftOrUnsubscribedOrChurnedGetsNothing() {
        DueMail mail = dueMail("welcome", "day-0", "ana");

        assertThat(send(new DueMail(
                        1,
                        mail.delivery(),
                        mail.account(),
                        Optional.empty(),
                        false,
                        Map.of(),
                        Optional.empty(),
                        mail.now(),
                        0)))
                .isEqualTo("suppressed: contact-removed");
        assertThat(send(new DueMail(
                        1,
                        mail.delivery(),
                        mail.account(),
                        mail.contact(),
                        true,
                        Map.of(),
                        Optional.empty(),
                        mail.now(),
                        0)))
                .isEqualTo("suppressed: unsubscribed");
        assertThat(send(new DueMail(
                        1,
                        mail.delivery(),
                        mail.account(),
                        mail.contact(),
                        false,
                        Map.of(),
                        Optional.of("churned"),
                        mail.now(),
                        0)))
                .isEqualTo("suppressed: churned");
        assertThat(sent).isEmpty();
    }
}
