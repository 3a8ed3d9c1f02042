package dev.stagecoach.outreach.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.CapClass;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/rules.md}, e-mail programme: what is asked again right before a mail is sent. */
class LastLookTest {
    private static final Instant WANTED = Instant.parse("2025-01-14T10:00:00Z");

    private final LastLook lastLook = new LastLook(new SendingRules(
            LocalTime.of(20, 0),
            LocalTime.of(8, 0),
            EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
            List.of(new SendingRules.Cap(1, 1), new SendingRules.Cap(4, 7)),
            Duration.ofDays(7)));

    private static Campaign campaign(CapClass capClass) {
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
                capClass,
                false,
                List.of(new Step("day-0", Duration.ZERO, "Welcome", "Good to have you", "welcome", null)));
    }

    private static Delivery wantedOnTuesdayAtTen() {
        return new Delivery(
                Delivery.idOf("welcome/acme", "day-0", "ana"),
                "acme",
                0,
                "welcome",
                "welcome/acme",
                "day-0",
                "ana",
                "ana",
                "ana@acme.example",
                DeliveryState.PLANNED,
                WANTED,
                WANTED,
                null,
                "cause");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Tuesday 14 January 2025 at ten in London; on time, in the evening, at night, at the weekend.
                "Europe/London    | counted | 2025-01-14T10:00:00Z | - | -",
                "Europe/London    | counted | 2025-01-14T19:59:59Z | - | -",
                "Europe/London    | counted | 2025-01-14T20:00:00Z | - | later 2025-01-15T08:00:00Z quiet-hours",
                "Europe/London    | counted | 2025-01-15T03:00:00Z | - | later 2025-01-15T08:00:00Z quiet-hours",
                "Europe/London    | counted | 2025-01-18T12:00:00Z | - | later 2025-01-20T08:00:00Z quiet-day",
                // The same moment somewhere else.
                "America/New_York | counted | 2025-01-14T20:00:00Z | - | -",
                "Asia/Tokyo       | counted | 2025-01-14T11:30:00Z | - | later 2025-01-14T23:00:00Z quiet-hours",
                // The clock goes forward on 30 March 2025: Monday eight o'clock is an hour earlier.
                "Europe/London    | counted | 2025-03-28T23:00:00Z | - | later 2025-03-31T07:00:00Z quiet-hours",
                // Who is exempt from caps sleeps at night, too.
                "Europe/London    | exempt  | 2025-01-14T20:00:00Z | - | later 2025-01-15T08:00:00Z quiet-hours",
                // Somebody got another mail on that day, or the day before.
                "Europe/London    | counted | 2025-01-14T15:00:00Z | 2025-01-14T09:00:00Z"
                        + " | later 2025-01-15T08:00:00Z frequency-cap: 1 in 1 day",
                "Europe/London    | counted | 2025-01-14T15:00:00Z | 2025-01-13T09:00:00Z | -",
                "Europe/London    | exempt  | 2025-01-14T15:00:00Z | 2025-01-14T09:00:00Z | -",
                // On one day in Tokyo, on two in London.
                "Asia/Tokyo       | counted | 2025-01-14T01:00:00Z | 2025-01-13T16:00:00Z"
                        + " | later 2025-01-14T23:00:00Z frequency-cap: 1 in 1 day",
                "Europe/London    | counted | 2025-01-14T09:00:00Z | 2025-01-13T16:00:00Z | -",
                // Four in a week from Thursday to Monday: free again on the next Thursday.
                "Europe/London    | counted | 2025-01-14T15:00:00Z"
                        + " | 2025-01-09T09:00:00Z 2025-01-10T09:00:00Z 2025-01-12T09:00:00Z 2025-01-13T09:00:00Z"
                        + " | later 2025-01-16T08:00:00Z frequency-cap: 4 in 7 days",
                // An outage of eight days: what does not wait for others goes, what does has waited for too long.
                "Europe/London    | counted | 2025-01-22T15:00:00Z | - | -",
                "Europe/London    | counted | 2025-01-22T15:00:00Z | 2025-01-22T09:00:00Z | suppressed frequency-cap",
                "Europe/London    | counted | 2025-01-22T21:00:00Z | - | later 2025-01-23T08:00:00Z quiet-hours"
            })
    void nobodyIsWrittenToAtABadTimeOrTooOften(ZoneId zone, String cap, Instant at, String others, String instead) {
        List<Instant> sent = others == null
                ? List.of()
                : Arrays.stream(others.split(" ")).map(Instant::parse).toList();

        String what = lastLook.instead(
                        wantedOnTuesdayAtTen(),
                        campaign(CapClass.valueOf(cap.toUpperCase(Locale.ROOT))),
                        at,
                        zone,
                        sent)
                .map(LastLookTest::words)
                .orElse(null);

        assertThat(what).isEqualTo(instead);
    }

    private static String words(Delivery delivery) {
        return delivery.state() == DeliveryState.SUPPRESSED
                ? "suppressed " + delivery.reason()
                : "later " + delivery.dueAt() + " " + delivery.waitsBecause();
    }
}
