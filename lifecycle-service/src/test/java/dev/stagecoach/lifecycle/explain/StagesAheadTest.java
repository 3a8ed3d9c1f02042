package dev.stagecoach.lifecycle.explain;

import static dev.stagecoach.events.Stage.ADOPTING;
import static dev.stagecoach.events.Stage.CHURNED;
import static dev.stagecoach.events.Stage.NURTURING;
import static dev.stagecoach.events.Stage.ONBOARDING;
import static dev.stagecoach.events.Stage.PROSPECT;
import static dev.stagecoach.events.Stage.RENEWING;
import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.Customer.openDeal;
import static dev.stagecoach.lifecycle.Fixtures.FALLING_BACK;
import static dev.stagecoach.lifecycle.Fixtures.STAGES;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.Fixtures.Customer;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.policy.StagePolicy;
import dev.stagecoach.lifecycle.stage.ByHand;
import dev.stagecoach.lifecycle.stage.StageRules;
import dev.stagecoach.lifecycle.stage.StageVerdict;
import dev.stagecoach.lifecycle.stage.Standing;
import dev.stagecoach.lifecycle.usage.Count;
import dev.stagecoach.lifecycle.usage.Source;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StagesAheadTest {
    private static final UsageFigures LOW = figures(40, 4);
    private static final UsageFigures TARGETS_MET = figures(85, 34);

    record Case(String rule, int today, Customer customer, UsageFigures figures, Journey journey, List<String> ahead) {
        Case(String rule, int today, Customer customer, UsageFigures figures, Journey journey, String... ahead) {
            this(rule, today, customer, figures, journey, List.of(ahead));
        }

        @Override
        public String toString() {
            return rule;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "a deal far from its close",
                        0,
                        openDeal().expectedOn(day(50)),
                        LOW,
                        Journey.NONE,
                        day(5) + " null -> PROSPECT by close-near"),
                new Case("a Prospect stays one", 0, openDeal().expectedOn(day(20)), LOW, in(PROSPECT, null)),
                new Case(
                        "a contract that will close",
                        -10,
                        openDeal().closedOn(CLOSE),
                        LOW,
                        in(PROSPECT, null),
                        day(0) + " PROSPECT -> ONBOARDING by contract-closed",
                        day(60) + " ONBOARDING -> ADOPTING by targets-not-met"),
                new Case(
                        "a year of a contract, usage low",
                        10,
                        customer().renewsOn(day(365)),
                        LOW,
                        in(ONBOARDING, CLOSE),
                        day(60) + " ONBOARDING -> ADOPTING by targets-not-met",
                        day(245) + " ADOPTING -> RENEWING by renewal-near",
                        day(366) + " RENEWING -> CHURNED by term-ended"),
                new Case(
                        "a year of a contract, targets met",
                        10,
                        customer().renewsOn(day(365)),
                        TARGETS_MET,
                        in(ONBOARDING, CLOSE),
                        day(60) + " ONBOARDING -> NURTURING by targets-met",
                        day(245) + " NURTURING -> RENEWING by renewal-near",
                        day(366) + " RENEWING -> CHURNED by term-ended"),
                new Case(
                        "an extension moves the end",
                        300,
                        customer().renewsOn(day(365)).extendedUntil(day(380)),
                        LOW,
                        in(RENEWING, CLOSE),
                        day(381) + " RENEWING -> CHURNED by term-ended"),
                new Case(
                        "nothing lies ahead of a churned account",
                        400,
                        customer().renewsOn(day(365)),
                        LOW,
                        in(CHURNED, CLOSE)),
                new Case("nor of one without a renewal date", 100, customer(), TARGETS_MET, in(NURTURING, CLOSE)),
                new Case(
                        "a stage by hand ends",
                        100,
                        customer().byHand(NURTURING, day(120)),
                        LOW,
                        by(NURTURING, ADOPTING),
                        day(121) + " NURTURING -> ADOPTING by targets-not-met"),
                new Case(
                        "a stage by hand of a deal that has none by the rules",
                        0,
                        openDeal().byHand(PROSPECT, day(20)),
                        LOW,
                        journey(PROSPECT, null, null),
                        day(21) + " PROSPECT -> null by close-far-away"),
                new Case(
                        "a stage by hand that the rules reach meanwhile",
                        100,
                        customer().renewsOn(day(230)).byHand(RENEWING, day(120)),
                        LOW,
                        by(RENEWING, ADOPTING),
                        day(231) + " RENEWING -> CHURNED by term-ended"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theStagesThatTimeAloneBrings(Case row) {
        // When
        List<StageAhead> ahead = StagesAhead.until(
                day(1000), STAGES, row.customer().facts(), row.figures(), row.journey(), day(row.today()));

        // Then
        assertThat(ahead).map(StagesAheadTest::line).containsExactlyElementsOf(row.ahead());
        assertThat(StagesAhead.next(STAGES, row.customer().facts(), row.figures(), row.journey(), day(row.today()))
                        .map(StagesAheadTest::line)
                        .stream())
                .containsExactlyElementsOf(row.ahead().stream().limit(1).toList());
    }

    @Test
    void theLastDayIsIncludedAndTodayIsNot() {
        // Given
        AccountFacts facts = customer().renewsOn(day(365)).facts();

        // When
        List<StageAhead> until59 = StagesAhead.until(day(59), STAGES, facts, LOW, in(ONBOARDING, CLOSE), day(10));
        List<StageAhead> until60 = StagesAhead.until(day(60), STAGES, facts, LOW, in(ONBOARDING, CLOSE), day(10));
        List<StageAhead> after60 = StagesAhead.until(day(90), STAGES, facts, LOW, in(ADOPTING, CLOSE), day(60));

        // Then
        assertThat(until59).isEmpty();
        assertThat(until60).hasSize(1);
        assertThat(after60).isEmpty();
        assertThat(StagesAhead.mayChange(day(59), STAGES, facts, in(ONBOARDING, CLOSE), day(10)))
                .isFalse();
        assertThat(StagesAhead.mayChange(day(60), STAGES, facts, in(ONBOARDING, CLOSE), day(10)))
                .isTrue();
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(200));
    }

    /** Whoever lives through every single day sees the same changes as whoever looks at the days that matter. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noDayIsMissed(long seed) {
        // Given
        Random random = new Random(seed);
        AccountFacts facts = randomFacts(random);
        UsageFigures figures = random.nextBoolean() ? LOW : TARGETS_MET;
        StagePolicy policy = random.nextBoolean() ? STAGES : FALLING_BACK;
        LocalDate today = day(random.nextInt(-60, 400));
        Journey journey = firstDecision(policy, facts, figures, today);

        // When
        List<StageAhead> ahead = StagesAhead.until(today.plusDays(500), policy, facts, figures, journey, today);

        // Then
        assertThat(ahead)
                .as("seed %d: %s", seed, facts)
                .isEqualTo(dayByDay(500, policy, facts, figures, journey, today));
        assertThat(StagesAhead.mayChange(today.plusDays(500), policy, facts, journey, today) || ahead.isEmpty())
                .isTrue();
    }

    private static List<StageAhead> dayByDay(
            int days, StagePolicy policy, AccountFacts facts, UsageFigures figures, Journey journey, LocalDate today) {
        List<StageAhead> changes = new ArrayList<>();
        Standing standing = journey.standing();
        Stage stage = journey.stage();
        for (LocalDate day = today.plusDays(1); !day.isAfter(today.plusDays(days)); day = day.plusDays(1)) {
            StageVerdict byRule = StageRules.verdict(policy, facts, figures, standing, day);
            standing = standing.after(byRule, facts, day);
            StageVerdict effective = ByHand.over(byRule, facts, day);
            if (effective.stage() != stage) {
                changes.add(new StageAhead(
                        day, stage, effective.stage(), effective.clause().wireName()));
                stage = effective.stage();
            }
        }
        return changes;
    }

    private static Journey firstDecision(
            StagePolicy policy, AccountFacts facts, UsageFigures figures, LocalDate today) {
        StageVerdict byRule = StageRules.verdict(policy, facts, figures, Standing.NONE, today);
        Standing standing = Standing.NONE.after(byRule, facts, today);
        return journey(ByHand.over(byRule, facts, today).stage(), standing.stage(), standing.startedOn());
    }

    private static AccountFacts randomFacts(Random random) {
        Customer customer = random.nextInt(4) == 0 ? openDeal() : customer();
        if (random.nextBoolean()) {
            customer.expectedOn(day(random.nextInt(-30, 500)));
        }
        if (random.nextInt(4) > 0) {
            int renewal = random.nextInt(30, 500);
            customer.renewsOn(day(renewal));
            if (random.nextBoolean()) {
                customer.extendedUntil(day(renewal + random.nextInt(0, 60)));
            }
        }
        if (random.nextInt(3) == 0) {
            Stage[] stages = Stage.values();
            customer.byHand(stages[random.nextInt(stages.length)], day(random.nextInt(0, 500)));
        }
        return customer.facts();
    }

    private static String line(StageAhead ahead) {
        return ahead.on() + " " + ahead.from() + " -> " + ahead.to() + " by " + ahead.clause();
    }

    private static Journey in(Stage stage, LocalDate startedOn) {
        return journey(stage, stage, startedOn);
    }

    private static Journey by(Stage hand, Stage rule) {
        return journey(hand, rule, CLOSE);
    }

    private static Journey journey(Stage stage, Stage byRule, LocalDate startedOn) {
        return new Journey(
                stage,
                CLOSE,
                byRule,
                startedOn,
                1,
                Journey.NONE.utilization(),
                Journey.NONE.usage(),
                false,
                Map.of(),
                HealthStanding.NONE,
                null);
    }

    private static UsageFigures figures(int mau, int dau) {
        return new UsageFigures(
                MonthDefinition.LAST_CLOSED_MONTH,
                YearMonth.parse("2025-08"),
                Source.PING,
                new Count(mau, ""),
                new Count(100, ""),
                28L * dau,
                28,
                "",
                null,
                null);
    }
}
