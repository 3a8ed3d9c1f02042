package dev.stagecoach.outreach.delivery;

import static dev.stagecoach.events.Product.CODE_SEARCH;
import static dev.stagecoach.events.Product.CODY;
import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.END_USER;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static dev.stagecoach.events.Role.PROGRAM_CONTACT;
import static dev.stagecoach.events.Segment.DIGITAL;
import static dev.stagecoach.events.Segment.MANAGED;
import static dev.stagecoach.events.Segment.SCALED;
import static dev.stagecoach.events.Stage.ADOPTING;
import static dev.stagecoach.events.Stage.CHURNED;
import static dev.stagecoach.events.Stage.ONBOARDING;
import static dev.stagecoach.events.Stage.PROSPECT;
import static dev.stagecoach.events.Stage.RENEWING;
import static dev.stagecoach.outreach.delivery.Scene.aDigitalAccount;
import static dev.stagecoach.outreach.delivery.Scene.anAccount;
import static dev.stagecoach.outreach.delivery.Scene.contact;
import static dev.stagecoach.outreach.delivery.Scene.noonOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/rules.md}, e-mail programme: each row and rule. */
class ProgrammeTest {
    @Nested
    @DisplayName("rules.md, e-mail programme: admin onboarding")
    class AdminOnboarding {
        @Test
        void startsWhenTheAccountEntersOnboarding() {
            Scene scene = aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN));

            scene.enters(ONBOARDING);

            assertThat(scene.occurrences()).containsExactly("admin-onboarding/acme/2025-02-03");
            assertThat(scene.planned())
                    .containsExactly(
                            "admin-onboarding day-0 to ana on day 0",
                            "admin-onboarding day-14 to ana on day 14",
                            "admin-onboarding day-3 to ana on day 3",
                            "admin-onboarding day-7 to ana on day 7");
        }

        @ParameterizedTest
        @EnumSource(value = Stage.class, names = "ONBOARDING", mode = EnumSource.Mode.EXCLUDE)
        void doesNotStartInAnotherStage(Stage stage) {
            Scene scene = aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN));

            scene.enters(stage);

            assertThat(scene.occurrences()).isEmpty();
        }

        @Test
        void goesToNoOtherRole() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN), contact("eve", END_USER, CHAMPION));

            scene.enters(ONBOARDING);

            assertThat(scene.planned()).hasSize(4).allMatch(mail -> mail.contains("to ana"));
        }

        @Test
        void stopsOnChurn() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN)).enters(ONBOARDING);

            scene.on(5).enters(CHURNED);

            assertThat(scene.planned()).isEmpty();
            assertThat(scene.suppressed()).hasSize(4).contains("admin-onboarding day-7 ana: churned");
        }

        @Test
        void goesOnWhenOnboardingEnds() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN)).enters(ONBOARDING);

            scene.on(5).enters(ADOPTING);

            assertThat(scene.planned()).hasSize(4);
        }

        @Test
        void startsAgainWithTheContractAfterAChurn() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN)).enters(ONBOARDING);

            scene.on(400).enters(CHURNED);
            scene.on(500)
                    .facts(DIGITAL, Scene.CLOSED_ON.plusDays(500), CODE_SEARCH)
                    .enters(ONBOARDING);

            assertThat(scene.occurrences())
                    .containsExactly("admin-onboarding/acme/2025-02-03", "admin-onboarding/acme/2026-06-18");
            assertThat(scene.planned()).hasSize(4).allMatch(mail -> mail.startsWith("admin-onboarding"));
        }

        @Test
        void doesNotStartTwiceForOneContract() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN)).enters(ONBOARDING);

            scene.on(2).enters(ADOPTING).on(3).enters(ONBOARDING);

            assertThat(scene.occurrences()).hasSize(1);
            assertThat(scene.planned()).hasSize(4);
        }

        @Test
        void startsWhateverComesFirst() {
            Scene scene = anAccount();

            scene.enters(ONBOARDING).contacts(contact("ana", INSTANCE_ADMIN)).facts(SCALED, CODY);

            assertThat(scene.planned()).hasSize(4);
            assertThat(scene.suppressed()).isEmpty();
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: end-user onboarding")
    class EndUserOnboarding {
        static Stream<List<Product>> variants() {
            return Stream.of(List.of(CODE_SEARCH), List.of(CODY), List.of(CODE_SEARCH, CODY));
        }

        @ParameterizedTest
        @MethodSource("variants")
        void hasASequenceForWhatWasBought(List<Product> products) {
            Scene scene = anAccount()
                    .facts(DIGITAL, products.toArray(Product[]::new))
                    .contacts(contact("pia", PROGRAM_CONTACT));

            scene.on(4).firstPing();

            String variant = products.size() == 2 ? "both" : products.get(0).wireName();
            assertThat(scene.occurrences()).containsExactly("end-user-onboarding-" + variant + "/acme/first-ping");
            assertThat(scene.planned())
                    .contains(
                            "end-user-onboarding-" + variant + " day-0 to pia on day 4",
                            "end-user-onboarding-" + variant + " day-14 to pia on day 18")
                    .hasSize(4);
        }

        @Test
        void comesOncePerAccountWhateverIsBoughtLater() {
            Scene scene =
                    aDigitalAccount().contacts(contact("pia", PROGRAM_CONTACT)).firstPing();

            scene.on(2).facts(DIGITAL, CODE_SEARCH, CODY).firstPing();

            assertThat(scene.occurrences()).containsExactly("end-user-onboarding-code-search/acme/first-ping");
        }

        @Test
        void waitsForTheProductsToBeKnown() {
            Scene scene = anAccount()
                    .facts(DIGITAL)
                    .contacts(contact("pia", PROGRAM_CONTACT))
                    .firstPing();

            scene.on(2).facts(DIGITAL, CODY);

            assertThat(scene.occurrences()).containsExactly("end-user-onboarding-cody/acme/first-ping");
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: 30-day check-in")
    class CheckIn {
        private final Scene scene =
                aDigitalAccount().contacts(contact("pia", PROGRAM_CONTACT, INSTANCE_ADMIN, CHAMPION));

        @Test
        void comesOnDay30() {
            scene.enters(ADOPTING).on(29).tick();
            assertThat(scene.planned()).isEmpty();

            scene.on(30).tick();

            assertThat(scene.occurrences()).containsExactly("check-in-30-day/acme/2025-02-03");
            assertThat(scene.planned()).containsExactly("check-in-30-day day-30 to pia on day 30");
        }

        @Test
        void isDueBeforeItComes() {
            scene.enters(ADOPTING);

            assertThat(scene.enrolment().nextDue()).isEqualTo("2025-03-05T00:00:00Z");
        }

        @Test
        void comesUpToSevenDaysLater() {
            scene.on(37).enters(ADOPTING);

            assertThat(scene.planned()).hasSize(1);
        }

        @Test
        void isLeftOutAfterThat() {
            scene.on(38).enters(ADOPTING);

            assertThat(scene.occurrences()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = Stage.class,
                names = {"PROSPECT", "CHURNED"})
        void isForCustomersOnly(Stage stage) {
            scene.on(30).enters(stage);

            assertThat(scene.occurrences()).isEmpty();
        }

        @Test
        void isTiedToTheStartAndNotToTheStage() {
            scene.on(30).enters(RENEWING);

            assertThat(scene.planned()).hasSize(1);
        }

        @Test
        void doesNotRepeatWhenTheDateIsCorrected() {
            scene.enters(ADOPTING).on(30).tick();

            scene.on(33)
                    .facts(DIGITAL, Scene.CLOSED_ON.plusDays(3), CODE_SEARCH)
                    .tick();

            assertThat(scene.occurrences()).hasSize(1);
        }

        @Test
        void repeatsWithANewContract() {
            scene.enters(ONBOARDING).on(30).tick().on(400).enters(CHURNED);

            scene.on(500)
                    .facts(DIGITAL, Scene.CLOSED_ON.plusDays(500), CODE_SEARCH)
                    .enters(ONBOARDING)
                    .on(530)
                    .tick();

            assertThat(scene.occurrences())
                    .contains("check-in-30-day/acme/2025-02-03", "check-in-30-day/acme/2026-06-18");
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: who gets nothing")
    class Silence {
        @Test
        void managedAccountsHaveNoOccurrence() {
            Scene scene = anAccount()
                    .facts(MANAGED, CODE_SEARCH)
                    .contacts(contact("ana", INSTANCE_ADMIN, PROGRAM_CONTACT, CHAMPION));

            scene.enters(ONBOARDING).firstPing().on(30).tick();

            assertThat(scene.occurrences()).isEmpty();
            assertThat(scene.enrolment().deliveries()).isEmpty();
            assertThat(scene.enrolment().nextDue()).isNull();
        }

        @Test
        void anAccountThatBecomesManagedGetsNoMore() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN)).enters(ONBOARDING);

            scene.on(1).facts(MANAGED, CODE_SEARCH);

            assertThat(scene.planned()).isEmpty();
            assertThat(scene.suppressed()).contains("admin-onboarding day-3 ana: segment-changed");
        }

        @Test
        void aVacantRoleIsSaidOncePerOccurrence() {
            Scene scene = aDigitalAccount().contacts(contact("eve", END_USER));

            scene.enters(ONBOARDING)
                    .on(1)
                    .contacts(contact("eve", END_USER))
                    .on(2)
                    .tick();

            assertThat(scene.planned()).isEmpty();
            assertThat(scene.suppressed())
                    .containsExactly("admin-onboarding day-0 role:instance-admin: no-contact-for-role: instance-admin");
        }

        @Test
        void eachVacantRoleIsSaidWhileTheOthersGetTheirMail() {
            Scene scene =
                    aDigitalAccount().contacts(contact("pia", PROGRAM_CONTACT)).enters(ADOPTING);

            scene.on(30).tick();

            assertThat(scene.planned()).containsExactly("check-in-30-day day-30 to pia on day 30");
            assertThat(scene.suppressed())
                    .containsExactly(
                            "check-in-30-day day-30 role:champion: no-contact-for-role: champion",
                            "check-in-30-day day-30 role:instance-admin: no-contact-for-role: instance-admin");
        }

        @Test
        void rolesAreNotVacantBeforeTheFirstContactsCame() {
            Scene scene = aDigitalAccount().enters(ONBOARDING);
            assertThat(scene.suppressed()).isEmpty();

            scene.contacts(contact("ana", INSTANCE_ADMIN)).on(1).tick();

            assertThat(scene.suppressed()).isEmpty();
            assertThat(scene.planned()).hasSize(4);
        }

        @Test
        void rolesAreVacantWhenNoContactsComeAtAll() {
            Scene scene = aDigitalAccount().enters(ONBOARDING);
            assertThat(scene.enrolment().nextDue()).isEqualTo(noonOf(0).plusSeconds(3600));

            scene.on(1).tick();

            assertThat(scene.suppressed()).hasSize(1);
        }

        @Test
        void anOldOccasionStartsNothingAndSaysSo() {
            Scene scene = aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN));

            scene.on(8).enters(ONBOARDING, noonOf(0).minusSeconds(1));

            assertThat(scene.planned()).isEmpty();
            assertThat(scene.suppressed()).containsExactly("admin-onboarding day-0 occurrence: too-late");
        }

        @Test
        void anOccasionAsOldAsTheHorizonStillStarts() {
            Scene scene = aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN));

            scene.on(7).enters(ONBOARDING, noonOf(0));

            assertThat(scene.planned())
                    .containsExactly(
                            "admin-onboarding day-14 to ana on day 14", "admin-onboarding day-7 to ana on day 7");
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: one person one mail")
    class OnePerson {
        @Test
        void whateverTheRoles() {
            Scene scene = aDigitalAccount()
                    .contacts(contact("pia", PROGRAM_CONTACT, INSTANCE_ADMIN, CHAMPION))
                    .enters(ADOPTING);

            scene.on(30).tick();

            assertThat(scene.planned()).hasSize(1);
            assertThat(scene.suppressed()).isEmpty();
        }

        @Test
        void howeverTheAddressIsWritten() {
            Scene scene = aDigitalAccount()
                    .contacts(
                            contact("a", "Pia@Acme.Example", PROGRAM_CONTACT),
                            contact("b", "pia@acme.example ", INSTANCE_ADMIN),
                            contact("c", "PIA@ACME.EXAMPLE", CHAMPION))
                    .enters(ADOPTING);

            scene.on(30).tick();

            assertThat(scene.planned()).containsExactly("check-in-30-day day-30 to a on day 30");
            assertThat(scene.suppressed()).isEmpty();
        }

        @Test
        void whenContactsTurnOutToBeOne() {
            Scene scene = aDigitalAccount()
                    .contacts(contact("a", INSTANCE_ADMIN), contact("b", INSTANCE_ADMIN))
                    .enters(ONBOARDING);

            scene.on(1).contacts(contact("a", INSTANCE_ADMIN), contact("b", "a@acme.example", INSTANCE_ADMIN));

            assertThat(scene.planned()).hasSize(4).allMatch(mail -> mail.contains("to a"));
            assertThat(scene.suppressed()).hasSize(4).allMatch(mail -> mail.endsWith("b: same-person"));
        }

        @Test
        void whenTheContactComesBackUnderAnotherId() {
            Scene scene = aDigitalAccount()
                    .contacts(contact("a", "pia@acme.example", INSTANCE_ADMIN))
                    .enters(ONBOARDING);

            scene.on(1).contacts(contact("z", "pia@acme.example", INSTANCE_ADMIN));

            assertThat(scene.lastDecisions().added()).isEmpty();
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: a contact added later")
    class LateContact {
        @Test
        void getsTheCurrentStepAndThoseToCome() {
            Scene scene = aDigitalAccount().contacts(contact("eve", END_USER)).enters(ONBOARDING);

            scene.on(5).contacts(contact("eve", END_USER), contact("ana", INSTANCE_ADMIN));

            assertThat(scene.planned())
                    .containsExactly(
                            "admin-onboarding day-14 to ana on day 14",
                            "admin-onboarding day-3 to ana on day 3",
                            "admin-onboarding day-7 to ana on day 7");
        }

        @Test
        void getsTheLastStepForAsLongAsTheAccountIsInOnboarding() {
            Scene scene = aDigitalAccount().contacts(contact("eve", END_USER)).enters(ONBOARDING);

            scene.on(40).contacts(contact("ana", INSTANCE_ADMIN));

            assertThat(scene.planned()).containsExactly("admin-onboarding day-14 to ana on day 14");
        }

        @Test
        void getsNothingAfterThat() {
            Scene scene = aDigitalAccount().contacts(contact("eve", END_USER)).enters(ONBOARDING);

            scene.on(60).enters(ADOPTING).on(61).contacts(contact("ana", INSTANCE_ADMIN));

            assertThat(scene.planned()).isEmpty();
        }

        @Test
        void getsTheCheckInWithinSevenDays() {
            Scene scene = aDigitalAccount()
                    .contacts(contact("eve", END_USER))
                    .enters(ADOPTING)
                    .on(30)
                    .tick();

            scene.on(37).contacts(contact("chi", CHAMPION));

            assertThat(scene.planned()).containsExactly("check-in-30-day day-30 to chi on day 30");
        }

        @Test
        void getsNoCheckInAfterThat() {
            Scene scene = aDigitalAccount()
                    .contacts(contact("eve", END_USER))
                    .enters(ADOPTING)
                    .on(30)
                    .tick();

            scene.on(38).contacts(contact("chi", CHAMPION));

            assertThat(scene.planned()).isEmpty();
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: approval")
    class Approval {
        @Test
        void eachMailOfACampaignThatNeedsItIsHeld() {
            Scene scene = Scene.thatNeedsApproval()
                    .facts(DIGITAL, CODE_SEARCH)
                    .contacts(contact("ana", INSTANCE_ADMIN))
                    .enters(ONBOARDING);

            assertThat(scene.enrolment().deliveries())
                    .hasSize(4)
                    .allMatch(delivery -> delivery.isPlanned() && delivery.held());
        }

        @Test
        void whatIsHeldIsTakenBackLikeAllElse() {
            Scene scene = Scene.thatNeedsApproval()
                    .facts(DIGITAL, CODE_SEARCH)
                    .contacts(contact("ana", INSTANCE_ADMIN))
                    .enters(ONBOARDING);

            scene.on(1).enters(CHURNED);

            assertThat(scene.suppressed()).hasSize(4).allMatch(mail -> mail.endsWith("ana: churned"));
            assertThat(scene.enrolment().deliveries()).noneMatch(Delivery::held);
        }
    }

    @Nested
    @DisplayName("architecture.md 3: repetition")
    class Repetition {
        @ParameterizedTest
        @EnumSource(
                value = Segment.class,
                names = {"DIGITAL", "SCALED"})
        void decidingTwiceDecidesNothingNew(Segment segment) {
            Scene scene = anAccount()
                    .facts(segment, CODY)
                    .contacts(contact("ana", INSTANCE_ADMIN))
                    .enters(ONBOARDING)
                    .firstPing()
                    .on(30)
                    .tick();

            scene.tick();

            assertThat(scene.lastDecisions().changeNothing()).isTrue();
        }

        @Test
        void theSameEventTwiceDecidesNothingNew() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN)).enters(ONBOARDING);

            scene.enters(ONBOARDING).contacts(contact("ana", INSTANCE_ADMIN)).facts(DIGITAL, CODE_SEARCH);

            assertThat(scene.lastDecisions().changeNothing()).isTrue();
            assertThat(scene.planned()).hasSize(4);
        }

        @Test
        void anOldStageThatComesAgainIsIgnored() {
            Scene scene =
                    aDigitalAccount().contacts(contact("ana", INSTANCE_ADMIN)).enters(PROSPECT, noonOf(-9));
            scene.enters(ONBOARDING);

            scene.enters(PROSPECT, noonOf(-9));

            assertThat(scene.enrolment().account().stage()).isEqualTo(ONBOARDING);
        }
    }
}
