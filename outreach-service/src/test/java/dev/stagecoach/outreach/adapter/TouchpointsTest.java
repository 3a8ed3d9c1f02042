package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.CHAMPION;
import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static dev.stagecoach.events.Role.PROGRAM_CONTACT;
import static dev.stagecoach.outreach.adapter.Journey.contact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.delivery.Delivery;
import dev.stagecoach.outreach.delivery.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/rules.md}, e-mail programme, with the campaigns and the rules of sending as they come. */
class TouchpointsTest {
    // Monday 3 February 2025: day 90 is Sunday 4 May.
    private static final String CLOSED_ON = "2025-02-03";

    private static final Contact PIA = contact("pia", PROGRAM_CONTACT);

    private static Journey aCustomer() {
        return Journey.withoutRulesOfSendingFrom(CLOSED_ON)
                .customer(PIA, contact("ana", INSTANCE_ADMIN), contact("chi", CHAMPION));
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: 90-day check-in and quarterly check-in")
    class DaysAndQuarters {
        @Test
        void comeOnDay90AndThenEveryThreeMonthsFromTheStart() {
            Journey journey = aCustomer().until("2026-02-28");

            assertThat(journey.sentOf("check-in-90-day"))
                    .containsExactly(
                            "2025-05-04 check-in-90-day day-90 ana",
                            "2025-05-04 check-in-90-day day-90 chi",
                            "2025-05-04 check-in-90-day day-90 pia");
            assertThat(journey.sentOf("quarterly-check-in").stream().filter(mail -> mail.endsWith("pia")))
                    .containsExactly(
                            "2025-05-04 quarterly-check-in invitation pia",
                            "2025-08-03 quarterly-check-in invitation pia",
                            "2025-11-03 quarterly-check-in invitation pia",
                            "2026-02-03 quarterly-check-in invitation pia");
            assertThat(journey.occurrence("quarterly-check-in/acme/2025-02-03/2")
                            .facts())
                    .containsEntry("quarter", Map.of("number", 2));
        }

        @Test
        void goOnThroughRenewing() {
            Journey journey =
                    aCustomer().until("2025-09-01").enters(Stage.RENEWING).until("2025-11-04");

            assertThat(journey.sentOf("quarterly-check-in")).hasSize(9);
        }

        @Test
        void stopOnChurn() {
            Journey journey =
                    aCustomer().until("2025-09-01").enters(Stage.CHURNED).until("2025-11-04");

            assertThat(journey.sentOf("quarterly-check-in")).hasSize(6);
        }

        @Test
        void areNotMovedByARenewalsLaterCloseDate() {
            Journey journey = aCustomer().until("2025-09-01").enters(Stage.RENEWING);

            journey.facts(ZoneOffset.UTC, LocalDate.parse("2025-10-01"))
                    .enters(Stage.ADOPTING)
                    .until("2026-02-28");

            assertThat(journey.sentOf("quarterly-check-in").stream().filter(mail -> mail.endsWith("pia")))
                    .extracting(mail -> mail.substring(0, 10))
                    .containsExactly("2025-05-04", "2025-08-03", "2025-11-03", "2026-02-03");
            assertThat(journey.sentOf("check-in-30-day")).hasSize(3);
            assertThat(journey.sentOf("check-in-90-day")).hasSize(3);
        }

        @Test
        void beginAnewWithAContractAfterAChurn() {
            Journey journey =
                    aCustomer().until("2025-09-01").enters(Stage.CHURNED).until("2025-10-01");

            journey.facts(ZoneOffset.UTC, LocalDate.parse("2025-10-01"))
                    .enters(Stage.ONBOARDING)
                    .until("2026-01-05");

            // Day 90 after 1 October is 30 December.
            assertThat(journey.sentOf("check-in-90-day").stream().filter(mail -> mail.endsWith("pia")))
                    .containsExactly("2025-05-04 check-in-90-day day-90 pia", "2025-12-30 check-in-90-day day-90 pia");
        }

        @ParameterizedTest
        @CsvSource({
            // Day 90 of 31 January 2025 is 1 May; each date counts from the 31st.
            "2025-01-31, 2025-05-01, 2025-07-31, 2025-10-31, 2026-01-31",
            // Day 90 of 30 November 2024 is 28 February, as is the end of three months, so that is the same date.
            "2024-11-30, 2025-02-28, 2025-05-30, 2025-08-30, 2025-11-30",
            // June has no 31st.
            "2025-03-31, 2025-06-29, 2025-09-30, 2025-12-31, 2026-03-31",
            // Of a leap day, and of a day three months before one.
            "2024-02-29, 2024-05-29, 2024-08-29, 2024-11-29, 2025-02-28",
            "2023-11-29, 2024-02-27, 2024-05-29, 2024-08-29, 2024-11-29",
            // Three months of up to 92 days: the date two days after day 90 is day 90's own.
            "2025-06-02, 2025-08-31, 2025-12-02, 2026-03-02, 2026-06-02"
        })
        void aMonthThatIsTooShortEndsOnItsLastDay(
                LocalDate closedOn, LocalDate first, LocalDate second, LocalDate third, LocalDate fourth) {
            Trigger.Quarterly trigger = new Trigger.Quarterly(90, Period.ofMonths(3));

            assertThat(List.of(
                            trigger.date(closedOn, 1),
                            trigger.date(closedOn, 2),
                            trigger.date(closedOn, 3),
                            trigger.date(closedOn, 4)))
                    .containsExactly(first, second, third, fourth);
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: recaps")
    class Recaps {
        @Test
        void comeForMonthsThatCloseAfterDay90() {
            // April closes on 1 May, day 87; May on 1 June, day 118.
            Journey journey = aCustomer()
                    .until("2025-05-02")
                    .recap("2025-04", 40)
                    .until("2025-06-02")
                    .recap("2025-05", 60)
                    .until("2025-06-10");

            assertThat(journey.sentOf("monthly-recap"))
                    .containsExactly(
                            "2025-06-02 monthly-recap recap ana",
                            "2025-06-02 monthly-recap recap chi",
                            "2025-06-02 monthly-recap recap pia");
        }

        @Test
        void aMonthThatClosesOnDay90IsNotAfterIt() {
            // Day 90 of 3 March is 1 June, when May closes.
            Journey journey = Journey.withoutRulesOfSendingFrom("2025-03-03")
                    .customer(PIA)
                    .until("2025-06-02")
                    .recap("2025-05", 60)
                    .until("2025-07-02")
                    .recap("2025-06", 60);

            assertThat(journey.sentOf("monthly-recap")).containsExactly("2025-07-02 monthly-recap recap pia");
        }

        @Test
        void tellWhatTheMonthWasLikeAndTheOneBefore() {
            Journey journey = aCustomer()
                    .until("2025-05-02")
                    .recap("2025-04", 40)
                    .until("2025-06-02")
                    .recap("2025-05", 60);

            assertThat(journey.occurrence("monthly-recap/acme/2025-05").facts())
                    .extractingByKey("recap")
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("month", "2025-05")
                    .containsEntry("mau", 60)
                    .containsEntry("mauBefore", 40)
                    .containsEntry("dauMeanChange", 0.5)
                    .containsEntry("events", null)
                    .containsEntry("eventsChange", null)
                    .containsEntry(
                            "topFeatures",
                            List.of(Map.of("name", "batch-changes", "title", "Batch Changes", "count", 12L)));
        }

        @Test
        void aMonthBeforeThatIsNotKnownIsUnknown() {
            Journey journey = aCustomer()
                    .until("2025-05-02")
                    .recap("2025-04", 40)
                    .until("2025-07-02")
                    .recap("2025-06", 60);

            assertThat(journey.occurrence("monthly-recap/acme/2025-06").facts())
                    .extractingByKey("recap")
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("mauBefore", null)
                    .containsEntry("dauMeanChange", null);
        }

        @Test
        void areTooLateAWeekAfterTheMonthClosed() {
            Journey journey =
                    aCustomer().until("2025-06-09").recap("2025-05", 60).until("2025-06-20");

            assertThat(journey.sentOf("monthly-recap")).isEmpty();
            assertThat(journey.suppressed()).containsExactly("monthly-recap: too-late");
        }

        @Test
        void theLatestIsInThe90DayCheckIn() {
            Journey journey = aCustomer()
                    .until("2025-04-02")
                    .recap("2025-03", 30)
                    .until("2025-05-02")
                    .recap("2025-04", 40)
                    .until("2025-05-06");

            assertThat(journey.occurrence("check-in-90-day/acme/2025-02-03").facts())
                    .extractingByKey("recap")
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("month", "2025-04")
                    .containsEntry("mauBefore", 30);
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: health")
    class Health {
        @Test
        void poorAndConcerningGoToTheProgramContactAndTheChampion() {
            Journey journey = aCustomer()
                    .until("2025-04-01")
                    .healthBecomes(HealthLevel.POOR)
                    .until("2025-04-10")
                    .healthBecomes(HealthLevel.CONCERNING);

            assertThat(journey.sentOf("poor-health"))
                    .containsExactly("2025-04-01 poor-health advice chi", "2025-04-01 poor-health advice pia");
            assertThat(journey.sentOf("concerning-health"))
                    .containsExactly(
                            "2025-04-10 concerning-health advice chi", "2025-04-10 concerning-health advice pia");
        }

        @ParameterizedTest
        @CsvSource({"HEALTHY", "UNKNOWN"})
        void otherLevelsAreNoOccasion(HealthLevel level) {
            Journey journey =
                    aCustomer().until("2025-04-01").healthBecomes(level).until("2025-04-10");

            assertThat(journey.sent()).noneMatch(mail -> mail.contains("health"));
        }

        @Test
        void theSameLevelWithinThirtyDaysIsSuppressedAndSaysSo() {
            Journey journey = aCustomer()
                    .until("2025-04-01")
                    .healthBecomes(HealthLevel.POOR)
                    .until("2025-04-20")
                    .healthBecomes(HealthLevel.HEALTHY)
                    .until("2025-04-30")
                    .healthBecomes(HealthLevel.POOR);

            assertThat(journey.sentOf("poor-health")).hasSize(2);
            assertThat(journey.suppressed()).containsExactly("poor-health: cool-down");
            assertThat(journey.occurrence("poor-health/acme/2025-04-30T12:00:00Z")
                            .endedBecause())
                    .isEqualTo("cool-down");
        }

        @Test
        void theCoolDownCountsFromWhatWasSentAndEndsAfterThirtyDays() {
            Journey journey = aCustomer()
                    .until("2025-04-01")
                    .healthBecomes(HealthLevel.POOR)
                    .until("2025-04-30")
                    .healthBecomes(HealthLevel.POOR)
                    .until("2025-05-01")
                    .healthBecomes(HealthLevel.POOR);

            assertThat(journey.sentOf("poor-health").stream().filter(mail -> mail.endsWith("pia")))
                    .containsExactly("2025-04-01 poor-health advice pia", "2025-05-01 poor-health advice pia");
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: a feature's first use")
    class Features {
        @Test
        void isTheProgramContactsOncePerFeature() {
            Journey journey = aCustomer()
                    .until("2025-04-01")
                    .firstUse("batch-changes")
                    .until("2025-04-02")
                    .firstUse("notebooks")
                    .again()
                    .until("2025-04-03")
                    .firstUse("batch-changes");

            assertThat(journey.sentOf("advanced-enablement"))
                    .containsExactly(
                            "2025-04-01 advanced-enablement material pia",
                            "2025-04-02 advanced-enablement material pia");
            assertThat(journey.occurrence("advanced-enablement/acme/batch-changes")
                            .facts())
                    .containsEntry("feature", Map.of("name", "batch-changes", "title", "Batch Changes"));
        }

        @Test
        void isNoneOfAProspects() {
            Journey journey = Journey.withoutRulesOfSendingFrom(CLOSED_ON)
                    .facts(ZoneOffset.UTC, LocalDate.parse("2025-02-03"))
                    .contacts(PIA)
                    .enters(Stage.PROSPECT)
                    .firstUse("batch-changes");

            assertThat(journey.sent()).isEmpty();
        }

        @Test
        void mayHaveAnyName() {
            Journey journey = aCustomer().until("2025-04-01").firstUse("a\r\nb/c");

            assertThat(journey.sentOf("advanced-enablement")).hasSize(1);
            assertThat(journey.deliveries().stream().map(Delivery::occurrence))
                    .noneMatch(key -> key.contains("\n") || key.contains("b/c"));
        }
    }

    @Nested
    @DisplayName("rules.md, e-mail programme: when people are written to")
    class Sending {
        @Test
        void theMoreImportantMailGoesFirstAndTheOtherSaysWhyItWaits() {
            // Day 90 is a Sunday: both are due on Monday morning.
            Journey journey = Journey.from(CLOSED_ON).customer(PIA).until("2025-05-04");

            assertThat(journey.deliveries().stream().filter(Delivery::isPlanned))
                    .extracting(Delivery::campaign, Delivery::dueAt, Delivery::waitsBecause)
                    .containsExactlyInAnyOrder(
                            tuple("check-in-90-day", Instant.parse("2025-05-05T08:00:00Z"), "quiet-day"),
                            tuple(
                                    "quarterly-check-in",
                                    Instant.parse("2025-05-06T08:00:00Z"),
                                    "frequency-cap: 1 in 1 day"));

            journey.until("2025-05-08");

            assertThat(journey.sent())
                    .containsSubsequence(
                            "2025-05-05 check-in-90-day day-90 pia", "2025-05-06 quarterly-check-in invitation pia");
        }

        @Test
        void aMoreImportantMailThatComesLaterGoesFirstAllTheSame() {
            // Saturday 5 April; the material would go on Monday.
            Journey journey =
                    Journey.from(CLOSED_ON).customer(PIA).until("2025-04-05").firstUse("notebooks");
            journey.until("2025-04-06").healthBecomes(HealthLevel.POOR).until("2025-04-10");

            assertThat(journey.sent())
                    .containsSubsequence(
                            "2025-04-07 poor-health advice pia", "2025-04-08 advanced-enablement material pia");
        }

        @Test
        void whoGetsTooManyDoesNotGetTheLeastImportant() {
            Journey journey = Journey.from(CLOSED_ON).customer(PIA).until("2025-04-07");
            for (int i = 0; i < 12; i++) {
                journey.firstUse("feature-" + i);
            }

            journey.until("2025-05-02");

            // 7, 8, 9, 10, and from the 14th on, as far as that is within seven days.
            assertThat(journey.sentOf("advanced-enablement"))
                    .extracting(mail -> mail.substring(0, 10))
                    .containsExactly("2025-04-07", "2025-04-08", "2025-04-09", "2025-04-10", "2025-04-14");
            assertThat(journey.suppressed().stream().filter("advanced-enablement: frequency-cap"::equals))
                    .hasSize(7);
        }

        @Test
        void eachReadsInTheirOwnZone() {
            Journey journey = Journey.from(CLOSED_ON)
                    .customer(
                            ZoneId.of("America/Los_Angeles"),
                            contact("ana", INSTANCE_ADMIN),
                            contact("kim", ZoneId.of("Asia/Kathmandu"), INSTANCE_ADMIN));

            // At noon UTC it is 4 in the morning there and 17:45 here.
            assertThat(journey.sent()).containsExactly("2025-02-03 admin-onboarding day-0 kim");
            assertThat(journey.deliveries().stream()
                            .filter(delivery -> delivery.step().equals("day-0") && "ana".equals(delivery.contact()))
                            .map(Delivery::dueAt))
                    .containsExactly(Instant.parse("2025-02-03T16:00:00Z"));
        }
    }

    @RepeatedTest(30)
    void inAnyProgrammeNobodyGetsTooMuchAndNothingIsLost() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<ZoneId> zones = List.of(
                ZoneOffset.UTC,
                ZoneId.of("America/New_York"),
                ZoneId.of("Australia/Lord_Howe"),
                ZoneId.of("Asia/Kathmandu"));
        ZoneId zone = zones.get(random.nextInt(zones.size()));
        Journey journey = Journey.from(CLOSED_ON);
        journey.customer(zone, somebody(random), somebody(random), PIA);

        for (int i = 0; i < 150; i++) {
            journey.until(journey.now().plus(Duration.ofHours(random.nextInt(60))), Duration.ofHours(1));
            happens(journey, random, i);
            journey.again();
        }
        journey.enters(Stage.CHURNED);
        journey.until(journey.now().plus(Duration.ofDays(20)), Duration.ofHours(6));

        assertThat(journey.deliveries()).as("seed %s", seed).isNotEmpty().allSatisfy(delivery -> {
            assertThat(delivery.state()).isIn(DeliveryState.SENT, DeliveryState.SUPPRESSED);
            assertThat(delivery.reason() != null).isEqualTo(delivery.state() == DeliveryState.SUPPRESSED);
            assertThat(delivery.waitsBecause() != null
                            || !delivery.dueAt().isAfter(delivery.wantedAt())
                            || delivery.state() == DeliveryState.SUPPRESSED
                            || !delivery.decidedAt().isBefore(delivery.wantedAt()))
                    .as("%s waited without a reason", delivery)
                    .isTrue();
        });
        Set<String> once = new HashSet<>();
        Map<String, List<LocalDate>> days = new TreeMap<>();
        journey.deliveries().stream()
                .filter(delivery -> delivery.state() == DeliveryState.SENT)
                .forEach(delivery -> {
                    assertThat(once.add(delivery.occurrence() + delivery.step() + delivery.address()))
                            .as("seed %s: %s twice", seed, delivery)
                            .isTrue();
                    days.computeIfAbsent(String.valueOf(delivery.address()), address -> new ArrayList<>())
                            .add(delivery.dueAt().atZone(zone).toLocalDate());
                });
        days.forEach((address, dates) -> dates.forEach(date -> {
            assertThat(dates.stream().filter(date::equals))
                    .as("seed %s: %s on %s", seed, address, date)
                    .hasSize(1);
            assertThat(dates.stream()
                            .filter(other -> !other.isBefore(date) && other.isBefore(date.plusDays(7)))
                            .count())
                    .as("seed %s: %s in the week from %s", seed, address, date)
                    .isLessThanOrEqualTo(4);
        }));
    }

    private static Contact somebody(Random random) {
        Role[] roles = Role.values();
        return contact("p" + random.nextInt(4), roles[random.nextInt(roles.length)], PROGRAM_CONTACT);
    }

    private static void happens(Journey journey, Random random, int number) {
        switch (random.nextInt(8)) {
            case 0 -> journey.contacts(somebody(random), somebody(random), PIA);
            case 1 -> journey.healthBecomes(random.nextBoolean() ? HealthLevel.POOR : HealthLevel.CONCERNING);
            case 2 -> journey.firstUse("feature-" + random.nextInt(40));
            case 3 -> journey.firstUse("feature-" + number);
            case 4 ->
                journey.recap(
                        LocalDate.ofInstant(journey.now(), ZoneOffset.UTC)
                                .minusMonths(1)
                                .toString()
                                .substring(0, 7),
                        10);
            case 5 -> journey.firstPing();
            case 6 -> journey.enters(random.nextBoolean() ? Stage.ADOPTING : Stage.RENEWING);
            default -> journey.again();
        }
    }
}
