package dev.stagecoach.lifecycle.health;

import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.health.Equations.HEALTH;
import static dev.stagecoach.lifecycle.health.Equations.STANDARD;
import static dev.stagecoach.lifecycle.health.Equations.policy;
import static dev.stagecoach.lifecycle.health.Equations.pulseOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Pulse;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Signals;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.policy.HealthPolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.usage.Count;
import dev.stagecoach.lifecycle.usage.Source;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRulesTest {
    private static final LocalDate TODAY = day(100);
    private static final List<String> RELEASES = List.of("5.1", "5.2", "5.3", "5.4", "5.5", "6.0", "6.1");

    @ParameterizedTest(name = "{0} of {1} seats: {2} points")
    @CsvSource({
        "0, 1000, 0",
        "499, 1000, 0",
        "500, 1000, 5",
        "501, 1000, 5",
        "799, 1000, 5",
        "800, 1000, 10",
        "1300, 1000, 10",
        "4, 5, 10",
        "1, 2, 5"
    })
    void utilizationIsHealthyFrom80AndPoorBelow50Percent(int mau, int seats, int points) {
        // When
        Assessment assessed = assess(figures(mau, seats, 0, 0), Signals.NONE);

        // Then
        assertThat(measure(assessed, "mau-per-seat").points()).isEqualTo(points);
        assertThat(measure(assessed, "mau-per-seat").value()).isEqualTo((double) mau / seats);
    }

    @ParameterizedTest(name = "{0} of 1000 on a mean day: {1} points")
    @CsvSource({"0, 0", "199, 0", "200, 0", "201, 5", "299, 5", "300, 10", "301, 10"})
    void usageIsHealthyFrom30AndPoorTo20Percent(int daily, int points) {
        // When
        Assessment assessed = assess(figures(1000, null, daily * 28L, 28), Signals.NONE);

        // Then
        assertThat(measure(assessed, "dau-per-mau").points()).isEqualTo(points);
    }

    @ParameterizedTest(name = "{0}: {1} behind, {2} points")
    @CsvSource({"6.1, 0, 10", "5.5, 2, 10", "5.4, 3, 5", "5.3, 4, 5", "5.2, 5, 0", "5.1, 6, 0"})
    void versionsBehindAreHealthyTo2AndPoorAbove4(String version, int behind, int points) {
        // When
        Assessment assessed = assess(policy(RELEASES, STANDARD), unknownUsage(), List.of(version), Signals.NONE);

        // Then
        assertThat(measure(assessed, "versions-behind").value()).isEqualTo(behind);
        assertThat(measure(assessed, "versions-behind").points()).isEqualTo(points);
    }

    @ParameterizedTest(name = "{0} tickets: {1} points")
    @CsvSource({"0, 10", "1, 10", "2, 5", "4, 5", "5, 0", "6, 0"})
    void defectTicketsAreHealthyBelow2AndPoorFrom5(int tickets, int points) {
        // When
        Assessment assessed =
                assess(unknownUsage(), Told.on(TODAY).defects(tickets).signals());

        // Then
        assertThat(measure(assessed, "defect-tickets-90-days").points()).isEqualTo(points);
    }

    @ParameterizedTest(name = "{0} tickets: {1} points")
    @CsvSource({"0, 10", "9, 10", "10, 5", "14, 5", "15, 0", "16, 0"})
    void helpTicketsAreHealthyBelow10AndPoorFrom15(int tickets, int points) {
        // When
        Assessment assessed =
                assess(unknownUsage(), Told.on(TODAY).helps(tickets).signals());

        // Then
        assertThat(measure(assessed, "help-tickets-90-days").points()).isEqualTo(points);
    }

    @ParameterizedTest(name = "{0} days: {1} points")
    @CsvSource({"0, 10", "14, 10", "15, 5", "29, 5", "30, 0", "31, 0"})
    void daysSinceLastContactAreHealthyTo14AndPoorFrom30(int days, int points) {
        // When
        Assessment assessed = assess(
                unknownUsage(), Told.on(TODAY).contact(TODAY.minusDays(days)).signals());

        // Then
        assertThat(measure(assessed, "days-since-last-contact").value()).isEqualTo(days);
        assertThat(measure(assessed, "days-since-last-contact").points()).isEqualTo(points);
    }

    @ParameterizedTest(name = "champion {0}, buyer {1}: {2} and {3} points")
    @CsvSource({"true, false, 10, 0", "false, true, 0, 10"})
    void anAnswerIsHealthyOrPoor(boolean champion, boolean buyer, int championPoints, int buyerPoints) {
        // When
        Assessment assessed = assess(
                unknownUsage(), Told.on(TODAY).champion(champion).buyer(buyer).signals());

        // Then
        assertThat(measure(assessed, "champion-active").points()).isEqualTo(championPoints);
        assertThat(measure(assessed, "buyer-access").points()).isEqualTo(buyerPoints);
    }

    @ParameterizedTest(name = "{0}: {1} points")
    @CsvSource({"HEALTHY, 10, HEALTHY", "CONCERNING, 5, CONCERNING", "POOR, 0, POOR"})
    void thePulseIsTheRatingOfAPerson(Pulse pulse, int points, HealthLevel level) {
        // When
        Assessment assessed = assess(unknownUsage(), Told.on(TODAY).pulse(pulse).signals());

        // Then
        assertThat(measure(assessed, "pulse").points()).isEqualTo(points);
        assertThat(assessed.level()).isEqualTo(level);
        assertThat(assessed.score()).isEqualTo(points);
    }

    @Test
    void nothingKnownIsUnknown() {
        // When
        Assessment assessed = assess(unknownUsage(), Signals.NONE);

        // Then
        assertThat(assessed.level()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(assessed.score()).isNull();
        assertThat(assessed.categories())
                .extracting(HealthCategory::name)
                .containsExactly("utilization", "technical", "relationship", "pulse");
        assertThat(assessed.categories()).allSatisfy(category -> {
            assertThat(category.score()).isNull();
            assertThat(category.measures()).allSatisfy(measure -> {
                assertThat(measure.points()).isNull();
                assertThat(measure.why()).isNotBlank();
            });
        });
    }

    @Test
    void aCategoryIsTheMeanOfItsKnownMeasures() {
        // Given 0 points for defects, 10 for help, versions unknown
        Signals signals = Told.on(TODAY).defects(9).helps(0).signals();

        // When
        Assessment assessed = assess(unknownUsage(), signals);

        // Then
        assertThat(category(assessed, "technical").score()).isEqualTo(5.0);
        assertThat(assessed.score()).isEqualTo(5.0);
    }

    @Test
    void theScoreIsTheWeightedMeanOfTheKnownCategories() {
        // Given utilization 10 (55), technical 0 (15), relationship unknown (25), pulse 5 (5)
        Signals signals = Told.on(TODAY).defects(5).pulse(Pulse.CONCERNING).signals();

        // When
        Assessment assessed = assess(figures(80, 100, 24 * 28, 28), signals);

        // Then (550 + 0 + 25) / 75
        assertThat(assessed.score()).isCloseTo(7.667, within(0.001));
        assertThat(assessed.level()).isEqualTo(HealthLevel.HEALTHY);
        assertThat(category(assessed, "relationship").score()).isNull();
    }

    @Test
    void aThirdAndTwoThirdsBelongToTheBetterLevel() {
        // Given three answers of one category, and nothing else
        Told none = Told.on(TODAY).contact(TODAY.minusDays(40)).champion(false).buyer(false);
        Told one = Told.on(TODAY).contact(TODAY.minusDays(40)).champion(true).buyer(false);
        Told oneAndAHalf =
                Told.on(TODAY).contact(TODAY.minusDays(20)).champion(true).buyer(false);
        Told two = Told.on(TODAY).contact(TODAY.minusDays(40)).champion(true).buyer(true);

        // When
        Assessment zero = assess(unknownUsage(), none.signals());
        Assessment third = assess(unknownUsage(), one.signals());
        Assessment half = assess(unknownUsage(), oneAndAHalf.signals());
        Assessment twoThirds = assess(unknownUsage(), two.signals());

        // Then
        assertThat(zero.level()).isEqualTo(HealthLevel.POOR);
        assertThat(third.score()).isEqualTo(10.0 / 3);
        assertThat(third.level()).isEqualTo(HealthLevel.CONCERNING);
        assertThat(half.level()).isEqualTo(HealthLevel.CONCERNING);
        assertThat(twoThirds.score()).isEqualTo(20.0 / 3);
        assertThat(twoThirds.level()).isEqualTo(HealthLevel.HEALTHY);
    }

    @ParameterizedTest(name = "utilization {0}, technical {1}: {2}")
    @CsvSource({"POOR, HEALTHY, POOR", "HEALTHY, POOR, HEALTHY"})
    void theHeavierCategoryDecides(HealthLevel utilization, HealthLevel technical, HealthLevel expected) {
        // Given weights of 55 and 15
        int mau = utilization == HealthLevel.POOR ? 10 : 90;
        Signals signals =
                Told.on(TODAY).defects(technical == HealthLevel.POOR ? 9 : 0).signals();

        // When
        Assessment assessed = assess(figures(mau, 100, 0, 0), signals);

        // Then
        assertThat(assessed.level()).isEqualTo(expected);
    }

    @Test
    void anInstanceIsAsFarBehindAsItsVersionAllows() {
        // Given
        HealthPolicy policy = policy(RELEASES, STANDARD);

        // When
        Object patch = behind(policy, "6.0.3912");
        Object marked = behind(policy, "v5.5.0-rc.1");
        Object worst = behind(policy, "6.1.0", "5.3.2");
        Object oneUnlisted = behind(policy, "6.0.0", "0.0.0+dev");
        Object unlisted = behind(policy, "5.10.1");
        Object none = behind(policy);

        // Then
        assertThat(patch).isEqualTo(1);
        assertThat(marked).isEqualTo(2);
        assertThat(worst).isEqualTo(4);
        assertThat(oneUnlisted).isEqualTo(1);
        assertThat(unlisted).isNull();
        assertThat(none).isNull();
        assertThat(behind(HEALTH, "6.1.0")).isNull();
    }

    @ParameterizedTest(name = "{0} days after it was told: known {1}")
    @CsvSource({"120, true", "121, false"})
    void whatWasToldTooLongAgoIsUnknown(int days, boolean known) {
        // When
        Assessment assessed =
                assess(unknownUsage(), Told.on(TODAY.minusDays(days)).defects(0).signals());

        // Then
        HealthMeasure measure = measure(assessed, "defect-tickets-90-days");
        assertThat(measure.points() != null).isEqualTo(known);
        if (!known) {
            assertThat(measure.why()).contains(TODAY.minusDays(days).toString()).contains("120");
        }
    }

    @Test
    void theFirstEquationForSegmentAndStageDecides() {
        // Given
        HealthPolicy policy = policy(
                List.of(),
                pulseOnly("onboarding-managed", Set.of(Segment.MANAGED), Set.of(Stage.ONBOARDING)),
                pulseOnly("onboarding", null, Set.of(Stage.ONBOARDING)),
                pulseOnly("digital", Set.of(Segment.DIGITAL), null),
                STANDARD);

        // When
        String managedOnboarding = equation(policy, Segment.MANAGED, Stage.ONBOARDING);
        String digitalOnboarding = equation(policy, Segment.DIGITAL, Stage.ONBOARDING);
        String digital = equation(policy, Segment.DIGITAL, Stage.RENEWING);
        String scaled = equation(policy, Segment.SCALED, Stage.ADOPTING);

        // Then
        assertThat(managedOnboarding).isEqualTo("onboarding-managed");
        assertThat(digitalOnboarding).isEqualTo("onboarding");
        assertThat(digital).isEqualTo("digital");
        assertThat(scaled).isEqualTo("standard");
    }

    @Test
    void timeAloneMattersWhereABoundPassesAndWhereASignalGetsTooOld() {
        // Given
        Told told = Told.on(TODAY).contact(TODAY.minusDays(3)).defects(1);

        // When
        Set<LocalDate> days = Set.copyOf(HealthRules.daysThatMatter(
                        HEALTH, customer().told(told.signals()).facts(), TODAY)
                .toList());

        // Then healthy to day 14, poor from day 30, unknown after 120 and 365 days
        assertThat(days)
                .contains(TODAY.plusDays(12), TODAY.plusDays(27), TODAY.plusDays(121), TODAY.plusDays(366))
                .allMatch(day -> day.isAfter(TODAY));
        assertThat(HealthRules.daysThatMatter(HEALTH, customer().facts(), TODAY))
                .isEmpty();
    }

    @Test
    void everyDayOnWhichTimeAloneChangesAScoreIsADayThatMatters() {
        // Given
        var facts = customer()
                .told(Told.on(TODAY)
                        .contact(TODAY.minusDays(2))
                        .champion(true)
                        .helps(20)
                        .pulse(Pulse.POOR)
                        .signals())
                .facts();
        Assessment before = HealthRules.assess(HEALTH, facts, Stage.ADOPTING, unknownUsage(), List.of(), TODAY);
        int changes = 0;

        // When
        for (LocalDate day = TODAY.plusDays(1); day.isBefore(TODAY.plusDays(400)); day = day.plusDays(1)) {
            Assessment after = HealthRules.assess(HEALTH, facts, Stage.ADOPTING, unknownUsage(), List.of(), day);
            if (!java.util.Objects.equals(before.score(), after.score())) {
                changes++;
                // Then
                assertThat(HealthRules.daysThatMatter(HEALTH, facts, day.minusDays(1)))
                        .contains(day);
            }
            before = after;
        }
        assertThat(changes).isEqualTo(5);
    }

    private static String equation(HealthPolicy policy, Segment segment, Stage stage) {
        return HealthRules.assess(policy, customer().in(segment).facts(), stage, unknownUsage(), List.of(), TODAY)
                .equation();
    }

    private static Object behind(HealthPolicy policy, String... versions) {
        return measure(assess(policy, unknownUsage(), List.of(versions), Signals.NONE), "versions-behind")
                .value();
    }

    private static Assessment assess(UsageFigures figures, Signals signals) {
        return assess(HEALTH, figures, List.of(), signals);
    }

    private static Assessment assess(
            HealthPolicy policy, UsageFigures figures, List<String> versions, Signals signals) {
        return HealthRules.assess(policy, customer().told(signals).facts(), Stage.ADOPTING, figures, versions, TODAY);
    }

    private static UsageFigures unknownUsage() {
        return figures(null, null, 0, 0);
    }

    private static UsageFigures figures(Integer mau, Integer seats, long dauSum, int dauDays) {
        return new UsageFigures(
                MonthDefinition.LAST_CLOSED_MONTH,
                YearMonth.from(TODAY).minusMonths(1),
                Source.PING,
                mau == null ? new Count(null, "no ping yet") : new Count(mau, ""),
                seats == null ? new Count(null, "no seats given") : new Count(seats, ""),
                dauSum,
                dauDays,
                dauDays == 0 ? "no daily users" : "",
                null,
                null);
    }

    private static HealthCategory category(Assessment assessed, String name) {
        return assessed.categories().stream()
                .filter(category -> category.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static HealthMeasure measure(Assessment assessed, String name) {
        return assessed.categories().stream()
                .flatMap(category -> category.measures().stream())
                .filter(measure -> measure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
