package dev.stagecoach.lifecycle.policy;

import static dev.stagecoach.lifecycle.policy.Bound.above;
import static dev.stagecoach.lifecycle.policy.Bound.atLeast;
import static dev.stagecoach.lifecycle.policy.Bound.atMost;
import static dev.stagecoach.lifecycle.policy.Bound.below;
import static dev.stagecoach.lifecycle.policy.Bound.is;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.health.Equations;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Category;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Levels;
import dev.stagecoach.lifecycle.policy.HealthPolicy.MeasureRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthPolicyTest {
    @Test
    void aBoundHasExactlyOneLimit() {
        assertThatThrownBy(() -> new Bound(0.8, null, 0.5, null, null)).hasMessageContaining("exactly one");
        assertThatThrownBy(() -> new Bound(null, null, null, null, null)).hasMessageContaining("exactly one");
    }

    @Test
    void noValueIsHealthyAndPoorAtOnce() {
        assertThatThrownBy(() -> rule(Measure.MAU_PER_SEAT, atLeast(0.5), atMost(0.5)))
                .hasMessageContaining("mau-per-seat")
                .hasMessageContaining("healthy and poor at once");
        assertThatThrownBy(() -> rule(Measure.MAU_PER_SEAT, atLeast(0.5), below(0.6)))
                .hasMessageContaining("at once");
        assertThatThrownBy(() -> rule(Measure.HELP_TICKETS, below(10), below(15)))
                .hasMessageContaining("at once");
        assertThatThrownBy(() -> rule(Measure.PULSE, is("poor"), is("poor"))).hasMessageContaining("at once");
        assertThatCode(() -> rule(Measure.MAU_PER_SEAT, atLeast(0.5), below(0.5)))
                .doesNotThrowAnyException();
        assertThatCode(() -> rule(Measure.VERSIONS_BEHIND, atMost(4), above(4))).doesNotThrowAnyException();
    }

    @Test
    void aBoundFitsItsMeasure() {
        assertThatThrownBy(() -> rule(Measure.PULSE, atLeast(1), below(1)))
                .hasMessageContaining("pulse")
                .hasMessageContaining("is: healthy");
        assertThatThrownBy(() -> rule(Measure.CHAMPION_ACTIVE, is("yes"), is(false)))
                .hasMessageContaining("is: true");
        assertThatThrownBy(() -> rule(Measure.DEFECT_TICKETS, is(true), is(false)))
                .hasMessageContaining("a limit");
    }

    @Test
    void theLastEquationIsForAll() {
        assertThatThrownBy(() ->
                        Equations.policy(List.of(), Equations.pulseOnly("onboarding", null, Set.of(Stage.ONBOARDING))))
                .hasMessageStartingWith("equations:")
                .hasMessageContaining("for all that are left");
    }

    @Test
    void namesAreGivenOnce() {
        assertThatThrownBy(() -> Equations.policy(List.of("5.1", "5.2", "5.1"), Equations.STANDARD))
                .hasMessage("releases: 5.1 stands there twice");
        assertThatThrownBy(() -> Equations.policy(List.of(), Equations.STANDARD, Equations.STANDARD))
                .hasMessageContaining("standard stands there twice");
    }

    @Test
    void levelsDoNotOverlap() {
        assertThatThrownBy(() -> new Levels(3, 1, 2)).hasMessageStartingWith("levels:");
        assertThatThrownBy(() -> new Levels(3, 4, 1)).hasMessageStartingWith("levels:");
    }

    @Test
    void aCategoryWeighsSomething() {
        assertThatThrownBy(() -> new Category("pulse", 0, List.of(rule(Measure.PULSE, is("healthy"), is("poor")))))
                .hasMessageContaining("weight of pulse: 0");
    }

    private static MeasureRule rule(Measure measure, Bound healthy, Bound poor) {
        return new MeasureRule(measure, healthy, poor);
    }
}
