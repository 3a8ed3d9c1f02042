package dev.stagecoach.lifecycle.adapter;

import static dev.stagecoach.events.Stage.ADOPTING;
import static dev.stagecoach.events.Stage.NURTURING;
import static dev.stagecoach.events.Stage.ONBOARDING;
import static dev.stagecoach.events.Stage.RENEWING;
import static dev.stagecoach.lifecycle.Fixtures.CLOSE;
import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.lifecycle.health.HealthStanding;
import dev.stagecoach.lifecycle.journey.DecideJourney;
import dev.stagecoach.lifecycle.journey.Journey;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.lifecycle.usage.UsageCounts;
import dev.stagecoach.lifecycle.usage.UsageCounts.EventCounts;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example in {@code docs/examples/stricter-policy} decides as {@code docs/policy.md} says. */
class StricterPolicyTest {
    private static final Policy BUILT_IN = YamlPolicy.read(PolicyFiles.builtIn());
    private static final Policy STRICTER =
            YamlPolicy.read(PolicyFiles.in(Path.of("..", "docs", "examples", "stricter-policy")));

    /** Of 100 seats, so many used in the month and so many on a mean day. */
    record Row(
            String rule,
            Segment segment,
            int day,
            int mau,
            int dau,
            Stage before,
            LocalDate renewsOn,
            Stage builtIn,
            Stage stricter) {
        @Override
        public String toString() {
            return rule;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                on(100, 85, 34, ADOPTING, NURTURING, ADOPTING),
                on(100, 92, 41, ADOPTING, NURTURING, NURTURING),
                on(100, 90, 36, ADOPTING, NURTURING, NURTURING),
                on(100, 89, 60, ADOPTING, NURTURING, ADOPTING),
                on(100, 100, 39, ADOPTING, NURTURING, ADOPTING),
                on(100, 85, 34, NURTURING, NURTURING, ADOPTING),
                on(100, 40, 4, NURTURING, NURTURING, ADOPTING),
                digitalOn(29, ONBOARDING, ONBOARDING),
                digitalOn(30, ONBOARDING, ADOPTING),
                digitalOn(60, ADOPTING, ADOPTING),
                new Row("scaled, day 30", Segment.SCALED, 30, 0, 0, ONBOARDING, null, ONBOARDING, ONBOARDING),
                new Row("managed, day 59", Segment.MANAGED, 59, 0, 0, ONBOARDING, null, ONBOARDING, ONBOARDING),
                new Row("renewal near", Segment.SCALED, 100, 95, 45, NURTURING, day(220), RENEWING, RENEWING));
    }

    private static Row on(int day, int mau, int dau, Stage before, Stage builtIn, Stage stricter) {
        String rule = before + ", " + mau + " % and " + dau + " users a day on day " + day;
        return new Row(rule, Segment.SCALED, day, mau, dau, before, null, builtIn, stricter);
    }

    private static Row digitalOn(int day, Stage builtIn, Stage stricter) {
        return new Row("digital, day " + day, Segment.DIGITAL, day, 0, 0, ONBOARDING, null, builtIn, stricter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void decidesDifferentlyWithoutCode(Row row) {
        // When
        Stage builtIn = decide(BUILT_IN, row);
        Stage stricter = decide(STRICTER, row);

        // Then
        assertThat(builtIn).isEqualTo(row.builtIn());
        assertThat(stricter).isEqualTo(row.stricter());
    }

    @Test
    void theDecisionNamesTheVersionOfThePolicyThatMadeIt() {
        // When
        var decided = DecideJourney.of(
                STRICTER, customer().facts(), UsageCounts.NONE, Journey.NONE, List.of(), tickOf(CLOSE), "facts-1");

        // Then
        assertThat(decided.events())
                .singleElement()
                .satisfies(event -> assertThat(
                                ((StageChanged) event.data()).reason().policyVersion())
                        .isEqualTo(STRICTER.version()));
        assertThat(STRICTER.version()).isNotEqualTo(BUILT_IN.version());
    }

    private static Stage decide(Policy policy, Row row) {
        var facts = customer().in(row.segment()).renewsOn(row.renewsOn()).facts();
        Journey before = new Journey(
                row.before(),
                CLOSE,
                row.before(),
                CLOSE,
                1,
                Journey.NONE.utilization(),
                Journey.NONE.usage(),
                false,
                Map.of(),
                HealthStanding.NONE,
                null);
        return DecideJourney.of(policy, facts, counts(row), before, List.of(), tickOf(day(row.day())), "tick")
                .journey()
                .stage();
    }

    private static UsageCounts counts(Row row) {
        Map<LocalDate, Integer> days = new HashMap<>();
        for (int back = 1; back <= 28; back++) {
            days.put(day(row.day() - back), row.dau());
        }
        YearMonth closed = YearMonth.from(day(row.day())).minusMonths(1);
        return new UsageCounts(Map.of(), new EventCounts(day(-100), days, Map.of(closed, row.mau()), row.mau()));
    }
}
