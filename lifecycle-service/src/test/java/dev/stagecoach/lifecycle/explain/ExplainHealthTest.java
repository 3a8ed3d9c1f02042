package dev.stagecoach.lifecycle.explain;

import static dev.stagecoach.events.HealthLevel.CONCERNING;
import static dev.stagecoach.events.HealthLevel.HEALTHY;
import static dev.stagecoach.events.HealthLevel.POOR;
import static dev.stagecoach.events.HealthLevel.UNKNOWN;
import static dev.stagecoach.events.Stage.ADOPTING;
import static dev.stagecoach.events.Stage.RENEWING;
import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.STAGES;
import static dev.stagecoach.lifecycle.Fixtures.USAGE;
import static dev.stagecoach.lifecycle.Fixtures.WITH_HEALTH;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Pulse;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.health.Assessment;
import dev.stagecoach.lifecycle.health.Equations;
import dev.stagecoach.lifecycle.health.HealthMiss;
import dev.stagecoach.lifecycle.health.HealthRules;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.health.Told;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Equation;
import dev.stagecoach.lifecycle.policy.MilestonePolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.policy.Rules;
import dev.stagecoach.lifecycle.stage.StageRules;
import dev.stagecoach.lifecycle.stage.StageVerdict;
import dev.stagecoach.lifecycle.stage.Standing;
import dev.stagecoach.lifecycle.usage.Count;
import dev.stagecoach.lifecycle.usage.Source;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainHealthTest {
    private static final LocalDate TODAY = day(100);

    @Test
    void saysWhichMeasureWouldLiftTheLevelWithTheLeast() {
        // Given 7.5 for utilization and 0 for relationship: (7.5 × 55 + 0 × 25) / 80
        AccountFacts facts =
                customer().told(Told.on(TODAY).champion(false).signals()).facts();

        // When
        WhyHealth why = why(facts, figures(68, 34));

        // Then
        assertThat(why.level()).isEqualTo(CONCERNING);
        assertThat(why.score()).isEqualTo(5.15625);
        assertThat(why.asOf()).isEqualTo(TODAY);
        assertThat(why.nearestMiss())
                .isEqualTo(
                        new HealthMiss(HEALTHY, List.of("mau-per-seat"), "needs MAU per seat at least 80 % (is 68 %)"));
    }

    @Test
    void aStepToConcerningIsEnoughWhenItLiftsTheLevel() {
        // Given (0 × 55 + 10 × 25) / 80
        AccountFacts facts =
                customer().told(Told.on(TODAY).champion(true).signals()).facts();

        // When
        WhyHealth why = why(facts, figures(40, 4));

        // Then (5 × 55 / 2 + 10 × 25) / 80 would be concerning
        assertThat(why.level()).isEqualTo(POOR);
        assertThat(why.nearestMiss())
                .isEqualTo(new HealthMiss(
                        CONCERNING, List.of("mau-per-seat"), "needs MAU per seat at least 50 % (is 40 %)"));
    }

    @Test
    void namesAsFewMeasuresAsWillDoWhenNoneWillAlone() {
        // Given nothing but poor measures: even MAU per seat would make it 5 × 55 / 85
        AccountFacts facts = customer()
                .told(Told.on(TODAY)
                        .pulse(Pulse.POOR)
                        .champion(false)
                        .buyer(false)
                        .signals())
                .facts();

        // When
        WhyHealth why = why(facts, figures(30, 3));

        // Then
        assertThat(why.score()).isZero();
        assertThat(why.nearestMiss())
                .isEqualTo(new HealthMiss(
                        CONCERNING,
                        List.of("mau-per-seat", "dau-per-mau"),
                        "needs MAU per seat at least 80 % (is 30 %) and DAU per MAU at least 30 % (is 10 %)"));
    }

    @Test
    void answersAndRatingsAreNamedInWords() {
        // When
        WhyHealth answer =
                why(customer().told(Told.on(TODAY).champion(false).signals()).facts(), unknownUsage());
        WhyHealth rating =
                why(customer().told(Told.on(TODAY).pulse(Pulse.POOR).signals()).facts(), unknownUsage());

        // Then
        assertThat(answer.nearestMiss())
                .isEqualTo(new HealthMiss(HEALTHY, List.of("champion-active"), "needs champion active yes (is no)"));
        assertThat(rating.nearestMiss().needs())
                .isIn("needs pulse concerning (is poor)", "needs pulse healthy (is poor)");
        assertThat(rating.nearestMiss().measures()).containsExactly("pulse");
    }

    @Test
    void whoIsHealthyOrNoCustomerMissesNothing() {
        // When
        WhyHealth healthy = why(customer().facts(), figures(90, 40));
        WhyHealth deal = ExplainHealth.of(
                WITH_HEALTH, openDeal().facts(), figures(90, 40), List.of(), Journey.NONE, tickOf(TODAY));

        // Then
        assertThat(healthy.level()).isEqualTo(HEALTHY);
        assertThat(healthy.nearestMiss()).isNull();
        assertThat(deal.level()).isEqualTo(UNKNOWN);
        assertThat(deal.equation()).isNull();
        assertThat(deal.nearestMiss()).isNull();
        assertThat(deal.next()).isNull();
    }

    @Test
    void ofWhomNothingIsKnownNeedsAMeasureThatIs() {
        // When
        WhyHealth why = why(customer().facts(), unknownUsage());

        // Then
        assertThat(why.level()).isEqualTo(UNKNOWN);
        assertThat(why.nearestMiss())
                .isEqualTo(new HealthMiss(
                        null,
                        List.of("mau-per-seat"),
                        "needs a measure that is known, such as MAU per seat: no ping yet"));
    }

    @Test
    void saysWhenASignalIsTooOldToCount() {
        // Given
        AccountFacts facts =
                customer().told(Told.on(TODAY).pulse(Pulse.HEALTHY).signals()).facts();

        // When
        WhyHealth why = why(facts, unknownUsage());

        // Then
        assertThat(why.level()).isEqualTo(HEALTHY);
        assertThat(why.next().on()).isEqualTo(TODAY.plusDays(121));
        assertThat(why.next().from()).isEqualTo(HEALTHY);
        assertThat(why.next().to()).isEqualTo(UNKNOWN);
        assertThat(why.next().reasons()).singleElement().asString().startsWith("pulse is unknown");
    }

    @Test
    void saysWhenTheLastContactIsTooLongAgo() {
        // Given
        AccountFacts facts = customer()
                .told(Told.on(TODAY).contact(TODAY.minusDays(5)).signals())
                .facts();

        // When
        WhyHealth why = why(facts, unknownUsage());

        // Then
        assertThat(why.next())
                .isEqualTo(
                        new HealthAhead(
                                TODAY.plusDays(10),
                                HEALTHY,
                                CONCERNING,
                                List.of(
                                        "days since last contact is 15 (concerning: neither at most 14 nor at least 30), was 5 (healthy)")));
    }

    @Test
    void saysWhenTheStageChangesTheEquationOrEndsTheRelationship() {
        // Given an equation of the pulse alone while Renewing
        Policy byStage = policyOf(Equations.pulseOnly("renewing", null, Set.of(RENEWING)), Equations.STANDARD);
        AccountFacts facts = customer()
                .renewsOn(day(365))
                .told(Told.on(TODAY).pulse(Pulse.POOR).signals())
                .facts();
        AccountFacts leaving = customer().renewsOn(TODAY.plusDays(3)).facts();

        // When
        WhyHealth renewing =
                ExplainHealth.of(byStage, facts, figures(90, 40), List.of(), in(ADOPTING), tickOf(day(230)));
        WhyHealth left = why(leaving, figures(90, 40));

        // Then pulse is known for 120 days, until day 220: on day 230 only usage is
        assertThat(renewing.level()).isEqualTo(HEALTHY);
        assertThat(renewing.next().on()).isEqualTo(day(245));
        assertThat(renewing.next().to()).isEqualTo(UNKNOWN);
        assertThat(left.next())
                .isEqualTo(new HealthAhead(
                        TODAY.plusDays(4), HEALTHY, UNKNOWN, List.of("no customer any more: health is not computed")));
    }

    @Test
    void theHealthIsThatOfTheLastTickAndNotOfTheLastLook() {
        // Given a look on day 100, with 5 days since the last contact
        AccountFacts facts = customer()
                .told(Told.on(TODAY).contact(TODAY.minusDays(5)).signals())
                .facts();
        Assessment then = HealthRules.assess(Equations.HEALTH, facts, ADOPTING, unknownUsage(), List.of(), TODAY);
        Journey journey = in(ADOPTING, HealthStanding.NONE.assessed(then, TODAY));

        // When
        WhyHealth why =
                ExplainHealth.of(WITH_HEALTH, facts, unknownUsage(), List.of(), journey, tickOf(TODAY.plusDays(7)));

        // Then
        assertThat(why.since()).isEqualTo(TODAY);
        assertThat(why.asOf()).isEqualTo(TODAY.plusDays(7));
        assertThat(why.categories().stream().flatMap(category -> category.measures().stream()))
                .filteredOn(measure -> measure.name().equals("days-since-last-contact"))
                .singleElement()
                .satisfies(measure -> assertThat(measure.value()).isEqualTo(12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theNextLevelIsTheOneThatLivingDayByDayBrings(long seed) {
        // Given
        Random random = new Random(seed);
        Told told = Told.on(TODAY.minusDays(random.nextInt(100)));
        if (random.nextBoolean()) {
            told.pulse(List.of(Pulse.POOR, Pulse.CONCERNING, Pulse.HEALTHY).get(random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            told.champion(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            told.defects(random.nextInt(7));
        }
        told.contact(TODAY.minusDays(100 + random.nextInt(50)).plusDays(random.nextInt(100)));
        AccountFacts facts = customer()
                .renewsOn(random.nextBoolean() ? TODAY.plusDays(random.nextInt(400)) : null)
                .told(told.signals())
                .facts();
        UsageFigures figures = random.nextBoolean() ? unknownUsage() : figures(random.nextInt(120), random.nextInt(40));

        // When
        Journey journey = in(ADOPTING);
        WhyHealth why = ExplainHealth.of(WITH_HEALTH, facts, figures, List.of(), journey, tickOf(TODAY));

        // Then
        assertThat(Optional.ofNullable(why.next()).map(next -> next.on() + " " + next.to()))
                .as("seed %d", seed)
                .isEqualTo(dayByDay(facts, figures, journey, why.level()));
    }

    static LongStream seeds() {
        return new Random().longs(40);
    }

    private static Optional<String> dayByDay(
            AccountFacts facts, UsageFigures figures, Journey journey, HealthLevel level) {
        Standing standing = journey.standing();
        for (LocalDate on = TODAY; on.isBefore(TODAY.plusDays(600)); on = on.plusDays(1)) {
            StageVerdict verdict = StageRules.verdict(STAGES, facts, figures, standing, on);
            standing = standing.after(verdict, facts, on);
            boolean hasLeft = verdict.stage() == Stage.CHURNED;
            HealthLevel then = hasLeft
                    ? UNKNOWN
                    : HealthRules.assess(Equations.HEALTH, facts, verdict.stage(), figures, List.of(), on)
                            .level();
            if (then != level) {
                return Optional.of(on + " " + then);
            }
        }
        return Optional.empty();
    }

    private static WhyHealth why(AccountFacts facts, UsageFigures figures) {
        return ExplainHealth.of(WITH_HEALTH, facts, figures, List.of(), in(ADOPTING), tickOf(TODAY));
    }

    private static Policy policyOf(Equation... equations) {
        return new Policy(
                "v1",
                new Rules(STAGES, USAGE, new MilestonePolicy(7, 500), Equations.policy(List.of(), equations)),
                Map.of());
    }

    private static Journey in(Stage stage) {
        return in(stage, HealthStanding.NONE);
    }

    private static Journey in(Stage stage, HealthStanding health) {
        return new Journey(
                stage,
                day(60),
                stage,
                CLOSE,
                3,
                Journey.NONE.utilization(),
                Journey.NONE.usage(),
                true,
                Map.of(),
                health,
                null);
    }

    private static UsageFigures unknownUsage() {
        return new UsageFigures(
                MonthDefinition.LAST_CLOSED_MONTH,
                YearMonth.from(TODAY).minusMonths(1),
                null,
                new Count(null, "no ping yet"),
                new Count(100, ""),
                0,
                0,
                "no daily users",
                null,
                null);
    }

    private static UsageFigures figures(int mau, int dau) {
        return new UsageFigures(
                MonthDefinition.LAST_CLOSED_MONTH,
                YearMonth.from(TODAY).minusMonths(1),
                Source.EVENT,
                new Count(mau, ""),
                new Count(100, ""),
                28L * dau,
                28,
                "",
                mau,
                null);
    }
}
