package dev.stagecoach.lifecycle.health;

import static dev.stagecoach.lifecycle.policy.Bound.above;
import static dev.stagecoach.lifecycle.policy.Bound.atLeast;
import static dev.stagecoach.lifecycle.policy.Bound.atMost;
import static dev.stagecoach.lifecycle.policy.Bound.below;
import static dev.stagecoach.lifecycle.policy.Bound.is;

import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.policy.HealthPolicy;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Category;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Equation;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Levels;
import dev.stagecoach.lifecycle.policy.HealthPolicy.MeasureRule;
import dev.stagecoach.lifecycle.policy.HealthPolicy.ValidDays;
import dev.stagecoach.lifecycle.policy.Measure;
import java.util.List;
import java.util.Set;

/** Health as docs/rules.md gives it, and equations that differ from it. */
public final class Equations {
    public static final Levels THIRDS = new Levels(3, 2, 1);
    public static final ValidDays VALID = new ValidDays(120, 120, 120, 180, 180, 365);

    public static final Equation STANDARD = new Equation(
            "standard",
            null,
            null,
            List.of(
                    new Category(
                            "utilization",
                            55,
                            List.of(
                                    new MeasureRule(Measure.MAU_PER_SEAT, atLeast(0.8), below(0.5)),
                                    new MeasureRule(Measure.DAU_PER_MAU, atLeast(0.3), atMost(0.2)))),
                    new Category(
                            "technical",
                            15,
                            List.of(
                                    new MeasureRule(Measure.VERSIONS_BEHIND, atMost(2), above(4)),
                                    new MeasureRule(Measure.DEFECT_TICKETS, below(2), atLeast(5)),
                                    new MeasureRule(Measure.HELP_TICKETS, below(10), atLeast(15)))),
                    new Category(
                            "relationship",
                            25,
                            List.of(
                                    new MeasureRule(Measure.DAYS_SINCE_LAST_CONTACT, atMost(14), atLeast(30)),
                                    new MeasureRule(Measure.CHAMPION_ACTIVE, is(true), is(false)),
                                    new MeasureRule(Measure.BUYER_ACCESS, is(true), is(false)))),
                    new Category("pulse", 5, List.of(new MeasureRule(Measure.PULSE, is("healthy"), is("poor"))))));

    public static final HealthPolicy HEALTH = policy(List.of(), STANDARD);

    private Equations() {}

    public static HealthPolicy policy(List<String> releases, Equation... equations) {
        return new HealthPolicy(releases, VALID, THIRDS, List.of(equations));
    }

    /** Of the pulse alone. */
    public static Equation pulseOnly(String name, Set<Segment> segments, Set<Stage> stages) {
        return new Equation(
                name,
                segments,
                stages,
                List.of(new Category("pulse", 5, List.of(new MeasureRule(Measure.PULSE, is("healthy"), is("poor"))))));
    }
}
