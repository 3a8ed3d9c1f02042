package dev.stagecoach.lifecycle.usage;

import static dev.stagecoach.lifecycle.Counted.Pinging.instance;
import static dev.stagecoach.lifecycle.Counted.counted;
import static dev.stagecoach.lifecycle.Fixtures.BY_EVENTS;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.ROLLING;
import static dev.stagecoach.lifecycle.Fixtures.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.lifecycle.Counted;
import dev.stagecoach.lifecycle.Counted.Pinging;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import dev.stagecoach.lifecycle.policy.UsagePolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

/** The definitions of metrics in {@code docs/rules.md}, by their ids. */
class MeasureUsageTest {
    /** The 28 complete days before are 15 February to 14 March; the closed month is February. */
    private static final Instant NOW = Instant.parse("2025-03-15T17:00:00Z");

    private static final LocalDate FIRST = LocalDate.parse("2025-02-15");
    private static final LocalDate YESTERDAY = LocalDate.parse("2025-03-14");
    private static final YearMonth FEBRUARY = YearMonth.parse("2025-02");

    @Test
    void utilizationIsTheLastClosedMonthBySeats() {
        // When
        UsageFigures figures = measure(
                customer().seats(200),
                counted()
                        .by(pinging("i1")
                                .month("2025-01", 10)
                                .month("2025-02", 88)
                                .month("2025-03", 150)));

        // Then
        assertThat(figures.month()).isEqualTo(FEBRUARY);
        assertThat(figures.mau().value()).isEqualTo(88);
        assertThat(figures.utilization()).isEqualTo(Ratio.of(88, 200));
        assertThat(figures.monthToDate()).isEqualTo(150);
        assertThat(figures.source()).isEqualTo(Source.PING);
    }

    @Test
    void aMonthClosesAtMidnightUtc() {
        // Given
        Counted counted = counted().by(pinging("i1").month("2025-01", 10).month("2025-02", 88));

        // When
        UsageFigures before = measure(customer(), counted, Instant.parse("2025-02-28T23:59:59Z"));
        UsageFigures after = measure(customer(), counted, Instant.parse("2025-03-01T00:00:00Z"));

        // Then
        assertThat(before.mau().value()).isEqualTo(10);
        assertThat(after.mau().value()).isEqualTo(88);
    }

    @Test
    void moreThanAllSeatsIsLegal() {
        // When
        UsageFigures figures =
                measure(customer().seats(100), counted().by(pinging("i1").month("2025-02", 140)));

        // Then
        assertThat(figures.utilization().orNull()).isEqualTo(1.4);
    }

    @Test
    void usageIsTheMeanOf28CompleteDaysWithWeekends() {
        // Given 20 working days with 42 users and 8 days of weekends with 7
        Pinging instance = pinging("i1").month("2025-02", 100);
        FIRST.datesUntil(YESTERDAY.plusDays(1))
                .forEach(day -> instance.day(day, day.getDayOfWeek().getValue() > 5 ? 7 : 42));
        // and days that do not count: today, and the 29th day back
        instance.day(LocalDate.parse("2025-03-15"), 5_000).day(LocalDate.parse("2025-02-14"), 5_000);

        // When
        UsageFigures figures = measure(customer(), counted().by(instance));

        // Then
        assertThat(figures.dauDays()).isEqualTo(28);
        assertThat(figures.dauMean()).isEqualTo(32.0);
        assertThat(figures.usage()).isEqualTo(Ratio.of(32, 100));
    }

    @Test
    void aDayWithoutUsersCountsAsZero() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1")
                                .month("2025-02", 100)
                                .daily(FIRST, FIRST.plusDays(13), 60)
                                .daily(FIRST.plusDays(14), YESTERDAY, 0)));

        // Then
        assertThat(figures.dauMean()).isEqualTo(30.0);
        assertThat(figures.usage().atLeast(0.3)).isTrue();
    }

    @Test
    void twentyKnownDaysOf28AreEnough() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted().by(pinging("i1").month("2025-02", 100).daily(YESTERDAY.minusDays(19), YESTERDAY, 30)));

        // Then
        assertThat(figures.dauMean()).isEqualTo(30.0);
        assertThat(figures.usage()).isEqualTo(Ratio.of(3, 10));
    }

    @Test
    void nineteenKnownDaysOf28AreUnknown() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted().by(pinging("i1").month("2025-02", 100).daily(YESTERDAY.minusDays(18), YESTERDAY, 30)));

        // Then
        assertThat(figures.dauMean()).isNull();
        assertThat(figures.usage())
                .isEqualTo(Ratio.unknown("daily users are known for 19 of the last 28 days (20 are needed)"));
        assertThat(figures.utilization().orNull()).isEqualTo(1.0);
    }

    @Test
    void criticalOnlyTelemetryHasUtilizationAndNoUsage() {
        // When
        UsageFigures figures = measure(customer(), counted().by(pinging("i1").month("2025-02", 90)));

        // Then
        assertThat(figures.utilization().orNull()).isEqualTo(0.9);
        assertThat(figures.usage().orNull()).isNull();
    }

    @Test
    void theFirstMonthNeedsNotBeFull() {
        // When it started on the 20th
        UsageFigures figures = measure(
                customer(),
                counted().by(pinging("i1").month("2025-02", 30).daily(LocalDate.parse("2025-02-20"), YESTERDAY, 10)));

        // Then
        assertThat(figures.mau().value()).isEqualTo(30);
    }

    @Test
    void aMonthWithoutPingsIsUnknown() {
        // When
        UsageFigures figures = measure(customer(), counted().by(pinging("i1").month("2025-03", 30)));

        // Then
        assertThat(figures.utilization()).isEqualTo(Ratio.unknown("no ping in 2025-02"));
    }

    @Test
    void aMonthWhosePingsCountNobodyIsUnknown() {
        // When
        UsageFigures figures = measure(customer(), counted().by(pinging("i1").month("2025-02", null)));

        // Then
        assertThat(figures.utilization()).isEqualTo(Ratio.unknown("a ping of 2025-02 carries no monthly count"));
    }

    @Test
    void aMonthInWhichAnInstanceFellSilentIsUnknown() {
        // When the last ping came three days before the end, and a second earlier
        UsageFigures inTime =
                measure(customer(), counted().by(pinging("i1").month("2025-02", 30, "2025-02-26T00:00:00Z")));
        UsageFigures silent =
                measure(customer(), counted().by(pinging("i1").month("2025-02", 30, "2025-02-25T23:59:59Z")));

        // Then
        assertThat(inTime.mau().value()).isEqualTo(30);
        assertThat(silent.mau()).isEqualTo(Count.unknown("an instance went silent before 2025-02 ended"));
    }

    @Test
    void productionInstancesAddUp() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", 30).daily(FIRST, YESTERDAY, 10))
                        .by(pinging("i2").month("2025-02", 50).daily(FIRST, YESTERDAY, 14))
                        .by(pinging("old").month("2025-01", 99)));

        // Then
        assertThat(figures.mau().value()).isEqualTo(80);
        assertThat(figures.dauMean()).isEqualTo(24.0);
        assertThat(figures.usage().atLeast(0.3)).isTrue();
    }

    @Test
    void oneSilentInstanceLeavesTheSumUnknown() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", 30))
                        .by(pinging("i2").month("2025-02", 50, "2025-02-10T00:00:00Z")));

        // Then
        assertThat(figures.mau().value()).isNull();
    }

    @Test
    void aDayThatOnlySomeInstancesCountedIsUnknown() {
        // When the other sends the month alone, as with critical-only telemetry
        UsageFigures figures = measure(
                customer().seats(250),
                counted()
                        .by(pinging("i1")
                                .month("2025-02", 100)
                                .month("2025-03", 90)
                                .daily(FIRST, YESTERDAY, 40))
                        .by(pinging("critical").month("2025-02", 100).month("2025-03", 90)));

        // Then
        assertThat(figures.utilization()).isEqualTo(Ratio.of(200, 250));
        assertThat(figures.dauMean()).isNull();
        assertThat(figures.usage())
                .isEqualTo(Ratio.unknown("daily users are known for 0 of the last 28 days (20 are needed)"));
    }

    @Test
    void theMeanIsThatOfTheDaysThatAllInstancesCounted() {
        // When one missed eight days
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1")
                                .month("2025-02", 50)
                                .month("2025-03", 40)
                                .daily(FIRST, YESTERDAY, 10))
                        .by(pinging("i2")
                                .month("2025-02", 50)
                                .month("2025-03", 40)
                                .daily(FIRST.plusDays(8), YESTERDAY, 20)));

        // Then
        assertThat(figures.dauDays()).isEqualTo(20);
        assertThat(figures.dauMean()).isEqualTo(30.0);
    }

    @Test
    void beforeItsFirstPingAnInstanceHasNobodyToCount() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", 50).daily(FIRST, YESTERDAY, 10))
                        .by(pinging("new")
                                .firstPing(Instant.parse("2025-02-22T09:00:00Z"))
                                .month("2025-02", 50)
                                .month("2025-03", 40)
                                .daily(FIRST.plusDays(7), YESTERDAY, 20)));

        // Then 7 days with 10, and 21 with 30
        assertThat(figures.dauDays()).isEqualTo(28);
        assertThat(figures.dauMean()).isEqualTo(25.0);
    }

    @Test
    void whomTheMonthCountsTheDaysMustCountToo() {
        // Given an instance that stopped when February had all but ended
        Counted counted = counted()
                .by(pinging("i1").month("2025-02", 50).daily(FIRST, YESTERDAY, 10))
                .by(instance("gone")
                        .lastPing(Instant.parse("2025-02-27T12:00:00Z"))
                        .month("2025-02", 50, "2025-02-27T12:00:00Z")
                        .daily(FIRST, LocalDate.parse("2025-02-27"), 20));

        // When
        UsageFigures figures = measure(customer(), counted);

        // Then
        assertThat(figures.mau().value()).isEqualTo(100);
        assertThat(figures.dauDays()).isEqualTo(13);
        assertThat(figures.usage().orNull()).isNull();
    }

    @Test
    void onceTheMonthIsWithoutAnInstanceTheDaysAreToo() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", 50).daily(FIRST, YESTERDAY, 10))
                        .by(instance("gone")
                                .lastPing(Instant.parse("2025-01-31T12:00:00Z"))
                                .month("2025-01", 50, "2025-01-31T12:00:00Z")));

        // Then
        assertThat(figures.usage()).isEqualTo(Ratio.of(1, 5));
    }

    @Test
    void theMonthToDateIsUnknownWhenAnInstanceDoesNotCountIt() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-03", 40, "2025-03-15T16:30:00Z"))
                        .by(pinging("i2").month("2025-03", null, "2025-03-15T16:30:00Z")));

        // Then
        assertThat(figures.monthToDate()).isNull();
    }

    @Test
    void theMonthToDateIsUnknownWhenAnInstanceHasFallenSilentInIt() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-03", 40, "2025-03-15T16:30:00Z"))
                        .by(pinging("i2").month("2025-03", 20, "2025-03-12T16:59:59Z")));

        // Then
        assertThat(figures.monthToDate()).isNull();
    }

    @Test
    void countsTooHighToBeAddedUpAreUnknown() {
        // Given what only a broken counter says
        Pinging one = pinging("i1").month("2025-02", Integer.MAX_VALUE).rolling(Integer.MAX_VALUE);
        Pinging other = pinging("i2").month("2025-02", Integer.MAX_VALUE).rolling(Integer.MAX_VALUE);
        one.month("2025-03", Integer.MAX_VALUE).daily(FIRST, YESTERDAY, Integer.MAX_VALUE);
        other.month("2025-03", Integer.MAX_VALUE).daily(FIRST, YESTERDAY, Integer.MAX_VALUE);

        // When
        UsageFigures figures = measure(customer(), counted().by(one).by(other));

        // Then
        assertThat(figures.mau()).isEqualTo(Count.unknown("the counts of 2025-02 are too high to be added up"));
        assertThat(figures.summary("acme", NOW, "v1").current()).isEqualTo(UsageSummary.Current.UNKNOWN);
        assertThat(figures.dauMean()).isNull();
    }

    @Test
    void theHighestCountThatCanBeAddedUpIsKnown() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", Integer.MAX_VALUE - 1))
                        .by(pinging("i2").month("2025-02", 1)));

        // Then
        assertThat(figures.mau().value()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void instancesThatAreNotProductionDoNotCount() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", 30))
                        .by(pinging("test").month("2025-02", 500).notProduction()));

        // Then
        assertThat(figures.mau().value()).isEqualTo(30);
    }

    @Test
    void theFactsSayWhichInstancesAreProduction() {
        // When
        UsageFigures figures = measure(
                customer().instance("i1", true).instance("staging", false),
                counted()
                        .by(pinging("i1").month("2025-02", 30).notProduction())
                        .by(pinging("staging").month("2025-02", 500))
                        .by(pinging("unlisted").month("2025-02", 7)));

        // Then
        assertThat(figures.mau().value()).isEqualTo(37);
    }

    @Test
    void pingsDecideWhereBothCome() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", 30))
                        .eventsFrom(LocalDate.parse("2025-01-01"))
                        .eventUsers(FEBRUARY, 99));

        // Then
        assertThat(figures.source()).isEqualTo(Source.PING);
        assertThat(figures.mau().value()).isEqualTo(30);
        assertThat(figures.dauMean()).isNull();
    }

    @Test
    void eventsDecideWhereBothComeIfThePolicySaysSo() {
        // When
        UsageFigures figures = measure(
                BY_EVENTS,
                customer(),
                counted()
                        .by(pinging("i1").month("2025-02", 30).daily(FIRST, YESTERDAY, 20))
                        .eventsFrom(LocalDate.parse("2025-01-01"))
                        .eventUsers(FEBRUARY, 90)
                        .eventUsers(FIRST, YESTERDAY, 9),
                NOW);

        // Then
        assertThat(figures.source()).isEqualTo(Source.EVENT);
        assertThat(figures.mau().value()).isEqualTo(90);
        assertThat(figures.usage()).isEqualTo(Ratio.of(1, 10));
    }

    @Test
    void pingsDecideUntilTheFirstEventEvenIfThePolicyPrefersEvents() {
        // When
        UsageFigures figures =
                measure(BY_EVENTS, customer(), counted().by(pinging("i1").month("2025-02", 30)), NOW);

        // Then
        assertThat(figures.source()).isEqualTo(Source.PING);
        assertThat(figures.mau().value()).isEqualTo(30);
    }

    @Test
    void eventsDecide35DaysAfterTheLastPing() {
        // Given
        Counted counted = counted()
                .by(instance("i1").lastPing(NOW.minus(Duration.ofDays(35))).month("2025-02", 30))
                .eventsFrom(LocalDate.parse("2025-01-01"))
                .eventUsers(FEBRUARY, 99);

        // When
        UsageFigures onDay35 = measure(customer(), counted);
        UsageFigures later = measure(customer(), counted, NOW.plusSeconds(1));

        // Then
        assertThat(onDay35.source()).isEqualTo(Source.PING);
        assertThat(later.source()).isEqualTo(Source.EVENT);
        assertThat(later.mau().value()).isEqualTo(99);
    }

    @Test
    void anInstanceThatIsNotProductionDoesNotKeepEventsFromDeciding() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .by(pinging("test").notProduction().month("2025-02", 3))
                        .eventsFrom(LocalDate.parse("2025-01-01"))
                        .eventUsers(FEBRUARY, 99));

        // Then
        assertThat(figures.mau().value()).isEqualTo(99);
    }

    @Test
    void aDayWithoutEventsIsADayWithoutUsers() {
        // When
        UsageFigures figures = measure(
                customer(),
                counted()
                        .eventsFrom(LocalDate.parse("2024-06-01"))
                        .eventUsers(FIRST, FIRST.plusDays(6), 40)
                        .eventUsers(FEBRUARY, 50));

        // Then 7 days with 40 of 28
        assertThat(figures.dauDays()).isEqualTo(28);
        assertThat(figures.dauMean()).isEqualTo(10.0);
        assertThat(figures.usage()).isEqualTo(Ratio.of(1, 5));
    }

    @Test
    void daysBeforeTheFirstEventAreUnknown() {
        // Given
        Counted twenty = counted().eventsFrom(YESTERDAY.minusDays(19)).eventUsers(FEBRUARY, 50);
        Counted nineteen = counted().eventsFrom(YESTERDAY.minusDays(18)).eventUsers(FEBRUARY, 50);

        // When
        UsageFigures known = measure(customer(), twenty);
        UsageFigures unknown = measure(customer(), nineteen);

        // Then
        assertThat(known.dauMean()).isEqualTo(0.0);
        assertThat(unknown.dauMean()).isNull();
    }

    @Test
    void aMonthWithoutEventsHasNoUsersOnceTheyHaveBegun() {
        // When
        UsageFigures figures = measure(customer(), counted().eventsFrom(LocalDate.parse("2025-01-31")));

        // Then
        assertThat(figures.mau().value()).isZero();
        assertThat(figures.utilization()).isEqualTo(Ratio.of(0, 100));
        assertThat(figures.usage()).isEqualTo(Ratio.unknown("nobody was active in the month"));
    }

    @Test
    void theMonthBeforeTheFirstEventIsUnknown() {
        // When
        UsageFigures figures = measure(customer(), counted().eventsFrom(LocalDate.parse("2025-03-01")));

        // Then
        assertThat(figures.mau().value()).isNull();
        assertThat(figures.monthToDate()).isZero();
    }

    @Test
    void nothingHeardIsUnknown() {
        // When
        UsageFigures figures = measure(customer(), counted());

        // Then
        assertThat(figures.source()).isNull();
        assertThat(figures.utilization().orNull()).isNull();
        assertThat(figures.usage().orNull()).isNull();
        assertThat(figures.rollingMau()).isNull();
        assertThat(figures.monthToDate()).isNull();
    }

    @Test
    void withoutSeatsUtilizationIsUnknown() {
        // When
        UsageFigures figures =
                measure(customer().seats(null), counted().by(pinging("i1").month("2025-02", 30)));

        // Then
        assertThat(figures.utilization()).isEqualTo(Ratio.unknown("the number of seats is not given"));
        assertThat(figures.mau().value()).isEqualTo(30);
    }

    @Test
    void unlimitedSeatsDivideByAddressableUsers() {
        // Given
        Counted counted = counted().by(pinging("i1").month("2025-02", 30));

        // When
        UsageFigures known = measure(customer().unlimitedSeatsFor(60), counted);
        UsageFigures unknown = measure(customer().unlimitedSeatsFor(null), counted);

        // Then
        assertThat(known.utilization()).isEqualTo(Ratio.of(1, 2));
        assertThat(unknown.utilization().orNull()).isNull();
    }

    @Test
    void theRollingDefinitionTakesTheLast30Days() {
        // When
        UsageFigures figures = measure(
                ROLLING,
                customer(),
                counted().by(pinging("i1").month("2025-02", 30).rolling(80).daily(FIRST, YESTERDAY, 24)),
                NOW);

        // Then
        assertThat(figures.month()).isNull();
        assertThat(figures.utilization()).isEqualTo(Ratio.of(80, 100));
        assertThat(figures.usage()).isEqualTo(Ratio.of(3, 10));
        assertThat(figures.definition().wireName()).isEqualTo("rolling-30-days");
    }

    @Test
    void theRollingDefinitionTakesEventsToo() {
        // When
        UsageFigures figures = measure(
                ROLLING,
                customer(),
                counted().eventsFrom(FIRST).eventUsers(FEBRUARY, 30).eventUsersOfTheLast30Days(44),
                NOW);

        // Then
        assertThat(figures.mau().value()).isEqualTo(44);
    }

    @Test
    void theLast30DaysOfASilentInstanceAreUnknown() {
        // Given the others' counts are not the whole
        Counted counted = counted()
                .by(pinging("i1").rolling(80))
                .by(instance("i2").lastPing(NOW.minus(Duration.ofDays(4))).rolling(10));

        // When
        UsageFigures figures = measure(ROLLING, customer(), counted, NOW);

        // Then
        assertThat(figures.mau().value()).isNull();
        assertThat(figures.rollingMau()).isNull();
    }

    @Test
    void anInstanceThatIsGoneFor30DaysCountsNobodyInThem() {
        // Given
        Counted counted = counted()
                .by(pinging("i1").rolling(80))
                .by(instance("gone").lastPing(NOW.minus(Duration.ofDays(31))).rolling(10));

        // When
        UsageFigures figures = measure(ROLLING, customer(), counted, NOW);

        // Then
        assertThat(figures.mau().value()).isEqualTo(80);
    }

    @Test
    void wholeNumbersMeetTheirTargetExactly() {
        // When
        Ratio eightyPercent = Ratio.of(80, 100);
        Ratio thirtyPercent = Ratio.of(28L * 24, 28L * 80);

        // Then
        assertThat(eightyPercent.atLeast(0.8)).isTrue();
        assertThat(eightyPercent.below(0.8)).isFalse();
        assertThat(thirtyPercent.atLeast(0.3)).isTrue();
        for (int seats = 10; seats <= 10_000; seats += 10) {
            assertThat(Ratio.of(seats / 10 * 8L, seats).atLeast(0.8))
                    .as("80 %% of %d", seats)
                    .isTrue();
            assertThat(Ratio.of(seats / 10 * 8L - 1, seats).atLeast(0.8))
                    .as("less than 80 %% of %d", seats)
                    .isFalse();
            assertThat(Ratio.of(seats / 10 * 3L, seats).atLeast(0.3))
                    .as("30 %% of %d", seats)
                    .isTrue();
            assertThat(Ratio.of(seats / 10 * 3L - 1, seats).atLeast(0.3))
                    .as("less than 30 %% of %d", seats)
                    .isFalse();
        }
    }

    @Test
    void anUnknownRatioIsNeitherAtLeastNorBelowAnything() {
        // When
        Ratio unknown = Ratio.unknown("no ping");

        // Then
        assertThat(unknown.atLeast(0)).isFalse();
        assertThat(unknown.below(100)).isFalse();
        assertThat(unknown.orNull()).isNull();
    }

    @Test
    void theSummarySaysWhatIsKnownAndNullForTheRest() {
        // When
        UsageSummary summary = measure(
                        customer(),
                        counted().by(pinging("i1").month("2025-02", 90).rolling(91)))
                .summary("acme", NOW, "v1");

        // Then
        assertThat(summary)
                .isEqualTo(new UsageSummary(
                        "acme",
                        NOW,
                        FEBRUARY,
                        90,
                        null,
                        100,
                        0.9,
                        null,
                        "last-closed-month",
                        "ping",
                        new UsageSummary.Current(91, null),
                        "v1"));
    }

    private static Pinging pinging(String id) {
        return instance(id).lastPing(NOW.minusSeconds(1_800));
    }

    private static UsageFigures measure(Customer customer, Counted counted) {
        return measure(customer, counted, NOW);
    }

    private static UsageFigures measure(Customer customer, Counted counted, Instant now) {
        return measure(USAGE, customer, counted, now);
    }

    private static UsageFigures measure(UsagePolicy policy, Customer customer, Counted counted, Instant now) {
        return MeasureUsage.of(policy, customer.facts(), counted.counts(), now);
    }
}
