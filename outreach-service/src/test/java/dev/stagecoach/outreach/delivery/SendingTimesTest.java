package dev.stagecoach.outreach.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/rules.md}, e-mail programme: quiet hours, weekends and how many mails one person gets. */
class SendingTimesTest {
    private static final SendingRules.Cap ONE_A_DAY = new SendingRules.Cap(1, 1);
    private static final SendingRules.Cap FOUR_A_WEEK = new SendingRules.Cap(4, 7);

    private static SendingTimes quiet(String from, String until, Set<DayOfWeek> days) {
        return new SendingTimes(new SendingRules(
                LocalTime.parse(from),
                LocalTime.parse(until),
                days,
                List.of(ONE_A_DAY, FOUR_A_WEEK),
                Duration.ofDays(7)));
    }

    private static SendingTimes asTheyCome() {
        return quiet("20:00", "08:00", EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
    }

    @ParameterizedTest
    @CsvSource({
        // A Tuesday in winter, an hour east of UTC.
        "Europe/Berlin,       2025-01-14T06:59:59Z, 2025-01-14T07:00:00Z, quiet-hours",
        "Europe/Berlin,       2025-01-14T07:00:00Z, 2025-01-14T07:00:00Z,",
        "Europe/Berlin,       2025-01-14T18:59:59Z, 2025-01-14T18:59:59Z,",
        "Europe/Berlin,       2025-01-14T19:00:00Z, 2025-01-15T07:00:00Z, quiet-hours",
        // A Friday evening waits for Monday, so does a Saturday noon.
        "Europe/Berlin,       2025-01-17T19:00:00Z, 2025-01-20T07:00:00Z, quiet-hours",
        "Europe/Berlin,       2025-01-18T11:00:00Z, 2025-01-20T07:00:00Z, quiet-day",
        // On 30 March 2025 the clock goes from 2 to 3: eight in the morning is an hour earlier from then on.
        "Europe/Berlin,       2025-03-28T19:00:00Z, 2025-03-31T06:00:00Z, quiet-hours",
        // On 26 October 2025 it goes back.
        "Europe/Berlin,       2025-10-24T18:00:00Z, 2025-10-27T07:00:00Z, quiet-hours",
        // New York changes on 9 March and 2 November 2025.
        "America/New_York,    2025-03-08T01:00:00Z, 2025-03-10T12:00:00Z, quiet-hours",
        "America/New_York,    2025-11-01T00:00:00Z, 2025-11-03T13:00:00Z, quiet-hours",
        // Lord Howe changes by half an hour: to +11 on 5 October 2025, to +10:30 on 6 April 2025.
        "Australia/Lord_Howe, 2025-04-04T09:00:00Z, 2025-04-06T21:30:00Z, quiet-hours",
        "Australia/Lord_Howe, 2025-10-03T09:30:00Z, 2025-10-05T21:00:00Z, quiet-hours",
        // Kathmandu is 5:45 ahead, all year.
        "Asia/Kathmandu,      2025-01-14T14:15:00Z, 2025-01-15T02:15:00Z, quiet-hours",
        "Asia/Kathmandu,      2025-01-14T14:14:59Z, 2025-01-14T14:14:59Z,",
        "UTC,                 2025-01-14T03:00:00Z, 2025-01-14T08:00:00Z, quiet-hours"
    })
    void nobodyIsWrittenToAtNightOrAtTheWeekend(ZoneId zone, Instant wanted, Instant due, String why) {
        assertThat(asTheyCome().notBefore(wanted, zone)).isEqualTo(due);
        assertThat(asTheyCome().whyQuiet(wanted, zone).orElse(null)).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({
        // 2:30 does not exist on 30 March 2025 in Berlin: quiet is over when it is 3, one moment after 1:59:59.
        "Europe/Berlin,       20:00, 02:30, 2025-03-29T21:00:00Z, 2025-03-30T01:00:00Z",
        // 2:15 does not exist on 5 October 2025 on Lord Howe: the clock goes from 2:00 to 2:30.
        "Australia/Lord_Howe, 20:00, 02:15, 2025-10-04T12:00:00Z, 2025-10-04T15:30:00Z",
        // 2:30 comes twice on 26 October 2025 in Berlin, first in summer time.
        "Europe/Berlin,       20:00, 02:30, 2025-10-25T20:00:00Z, 2025-10-26T00:30:00Z",
        // After the clock went back to 2:00 it is quiet again until it is 2:30 for the second time.
        "Europe/Berlin,       20:00, 02:30, 2025-10-26T01:10:00Z, 2025-10-26T01:30:00Z",
        // Quiet from 2:30 on; the clock goes back from 3:00 to 2:00, and for half an hour it is not quiet.
        "Europe/Berlin,       02:30, 08:00, 2025-10-26T00:45:00Z, 2025-10-26T01:00:00Z",
        // Quiet by day.
        "UTC,                 09:00, 17:00, 2025-01-14T09:00:00Z, 2025-01-14T17:00:00Z",
        // No quiet hours at all.
        "UTC,                 00:00, 00:00, 2025-01-14T03:00:00Z, 2025-01-14T03:00:00Z",
        // Midnight does not exist on 7 September 2025 in Santiago: the day begins at 1.
        "America/Santiago,    20:00, 00:00, 2025-09-07T01:00:00Z, 2025-09-07T04:00:00Z"
    })
    void whatTheClockOnTheWallShowsDecides(ZoneId zone, String from, String until, Instant wanted, Instant due) {
        assertThat(quiet(from, until, Set.of()).notBefore(wanted, zone)).isEqualTo(due);
    }

    @Test
    void theFirstMomentThatIsNotQuietIsFoundAtAnyTimeAnywhere() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 2_000; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            Instant wanted = Instant.parse("2025-01-01T00:00:00Z").plusSeconds(random.nextInt(366 * 86_400));

            Instant due = asTheyCome().notBefore(wanted, zone);

            assertThat(asTheyCome().whyQuiet(due, zone))
                    .as("seed %s: %s in %s", seed, wanted, zone)
                    .isEmpty();
            assertThat(due).isBetween(wanted, wanted.plus(Duration.ofHours(62)));
            // No quarter of an hour before it, which is as fine as zones are, is free.
            for (Instant earlier = wanted; earlier.isBefore(due); earlier = earlier.plus(Duration.ofMinutes(15))) {
                assertThat(asTheyCome().whyQuiet(earlier, zone))
                        .as("seed %s: %s in %s", seed, earlier, zone)
                        .isPresent();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Wednesday 15 January 2025 is free; full; full with the day after.
        "'',                                            2025-01-15T10:00:00Z,",
        "'2025-01-15',                                  2025-01-16T08:00:00Z, frequency-cap: 1 in 1 day",
        "'2025-01-15 2025-01-16',                       2025-01-17T08:00:00Z, frequency-cap: 1 in 1 day",
        // The Friday is full: Monday.
        "'2025-01-15 2025-01-16 2025-01-17',            2025-01-20T08:00:00Z, frequency-cap: 1 in 1 day",
        // Four within seven days: the 15th would be the fifth in 10-16. The 10th falls out on the 17th.
        "'2025-01-10 2025-01-13 2025-01-14 2025-01-16', 2025-01-17T08:00:00Z, frequency-cap: 4 in 7 days",
        // What is planned for later counts as well: 15-21 would have five until the 22nd, and so would 16-22.
        "'2025-01-16 2025-01-17 2025-01-20 2025-01-21', 2025-01-23T08:00:00Z, frequency-cap: 4 in 7 days"
    })
    void aMailWaitsForADayThatIsNotFull(String sent, Instant due, String why) {
        List<LocalDate> dates = sent.isEmpty()
                ? List.of()
                : List.of(sent.split(" ")).stream().map(LocalDate::parse).toList();
        Instant wanted = Instant.parse("2025-01-15T10:00:00Z");

        SendingTimes.Slot slot = asTheyCome().slot(wanted, ZoneOffset.UTC, dates, true);

        assertThat(slot.due()).isEqualTo(due);
        assertThat(slot.why()).isEqualTo(why);
    }

    @Test
    void aMailThatDoesNotCountWaitsForNobody() {
        Instant wanted = Instant.parse("2025-01-15T10:00:00Z");

        SendingTimes.Slot slot =
                asTheyCome().slot(wanted, ZoneOffset.UTC, List.of(LocalDate.parse("2025-01-15")), false);

        assertThat(slot).isEqualTo(new SendingTimes.Slot(wanted, null, false));
    }

    @Test
    void aDayIsTheReadersDay() {
        ZoneId auckland = ZoneId.of("Pacific/Auckland");
        // 13 January, 21:00 UTC is 14 January, 10:00 there.
        Instant wanted = ZonedDateTime.of(LocalDate.parse("2025-01-14"), LocalTime.of(10, 0), auckland)
                .toInstant();

        SendingTimes.Slot slot = asTheyCome().slot(wanted, auckland, List.of(LocalDate.parse("2025-01-13")), true);

        assertThat(slot.due()).isEqualTo(wanted);
    }

    @Test
    void allDaysCannotBeQuiet() {
        assertThatThrownBy(() -> quiet("20:00", "08:00", EnumSet.allOf(DayOfWeek.class)))
                .hasMessageContaining("at least one that is not");
    }
}
