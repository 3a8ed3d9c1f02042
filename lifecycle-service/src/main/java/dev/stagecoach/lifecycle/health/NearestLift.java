package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.lifecycle.health.Score.Points;
import dev.stagecoach.lifecycle.policy.Bound;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Category;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Equation;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Levels;
import dev.stagecoach.lifecycle.policy.HealthPolicy.MeasureRule;
import dev.stagecoach.lifecycle.policy.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the measure whose change lifts the level with the least: of those that would do alone, the one whose value is closest to its
 * bound, in parts of the bound. When none would, as few as will do together.
 */
final class NearestLift {
    private static final String CONCERNING_RATING = "concerning";
    private static final Comparator<Lift> NEAREST = Comparator.comparingDouble(Lift::distance)
            .thenComparing(Comparator.comparingDouble(Lift::gain).reversed());

    private final Equation equation;
    private final Levels levels;
    private final Assessment assessed;

    NearestLift(Equation equation, Levels levels, Assessment assessed) {
        this.equation = equation;
        this.levels = levels;
        this.assessed = assessed;
    }

    /**
     * A known measure with more points than it has.
     *
     * @param gain what it adds to the weighted sum
     * @param distance from the value to the bound, in parts of the bound; an answer or a rating is 1 away
     */
    private record Lift(String measure, int points, double gain, double distance, String needs) {}

    /** Empty for an account that is as healthy as can be. */
    Optional<HealthMiss> find() {
        if (assessed.level() == HealthLevel.HEALTHY) {
            return Optional.empty();
        }
        List<Lift> lifts = lifts();
        if (lifts.isEmpty()) {
            return unknownMeasure();
        }
        return Optional.of(lifts.stream()
                .filter(lift -> liftsTheLevel(List.of(lift)))
                .min(NEAREST)
                .map(List::of)
                .or(() -> Optional.of(together(lifts)))
                .map(this::miss)
                .orElseThrow());
    }

    /** The score is a sum: those that add the most are the fewest. */
    private List<Lift> together(List<Lift> lifts) {
        List<Lift> taken = new ArrayList<>();
        List<Lift> byGain = lifts.stream()
                .filter(lift -> lift.points() == HealthRules.HEALTHY)
                .sorted(Comparator.comparingDouble(Lift::gain).reversed())
                .toList();
        for (Lift lift : byGain) {
            taken.add(lift);
            if (liftsTheLevel(taken)) {
                break;
            }
        }
        return taken;
    }

    private HealthMiss miss(List<Lift> lifts) {
        return new HealthMiss(
                levelWith(lifts),
                lifts.stream().map(Lift::measure).toList(),
                lifts.stream().map(Lift::needs).collect(Collectors.joining(" and ", "needs ", "")));
    }

    private Optional<HealthMiss> unknownMeasure() {
        return assessed.categories().stream()
                .max(Comparator.comparingInt(HealthCategory::weight))
                .map(heaviest -> heaviest.measures().get(0))
                .map(measure -> new HealthMiss(
                        null,
                        List.of(measure.name()),
                        "needs a measure that is known, such as "
                                + Measure.of(measure.name()).label() + ": " + measure.why()));
    }

    private List<Lift> lifts() {
        List<Lift> lifts = new ArrayList<>();
        for (int n = 0; n < equation.categories().size(); n++) {
            Category category = equation.categories().get(n);
            HealthCategory scored = assessed.categories().get(n);
            for (int m = 0; m < category.measures().size(); m++) {
                add(lifts, category.measures().get(m), scored.measures().get(m), scored);
            }
        }
        return lifts;
    }

    private static void add(List<Lift> lifts, MeasureRule rule, HealthMeasure is, HealthCategory category) {
        Object value = is.value();
        Integer points = is.points();
        if (value == null || points == null) {
            return;
        }
        double perPoint = (double) category.weight() / known(category);
        if (points < HealthRules.CONCERNING) {
            concerning(rule)
                    .ifPresent(bound -> lifts.add(lift(
                            rule.name(), value, bound, HealthRules.CONCERNING, perPoint * HealthRules.CONCERNING)));
        }
        if (points < HealthRules.HEALTHY) {
            double gain = perPoint * (HealthRules.HEALTHY - points);
            lifts.add(lift(rule.name(), value, rule.healthy(), HealthRules.HEALTHY, gain));
        }
    }

    private static Lift lift(Measure measure, Object value, Bound bound, int points, double gain) {
        String needs = measure.label() + " " + HealthWords.bound(measure, bound) + " (is "
                + HealthWords.value(measure, value) + ")";
        return new Lift(measure.wireName(), points, gain, distance(value, bound.limit()), needs);
    }

    private static double distance(Object value, @Nullable Double limit) {
        if (limit == null) {
            return 1;
        }
        double away = Math.abs(((Number) value).doubleValue() - limit);
        return limit == 0 ? away : away / Math.abs(limit);
    }

    /** What is neither poor nor healthy, if anything is. */
    private static Optional<Bound> concerning(MeasureRule rule) {
        return switch (rule.name().kind()) {
            case RATIO, NUMBER -> rule.poor().opposite().filter(bound -> !bound.equals(rule.healthy()));
            case YES_OR_NO -> Optional.empty();
            case RATING ->
                CONCERNING_RATING.equals(rule.healthy().is())
                                || CONCERNING_RATING.equals(rule.poor().is())
                        ? Optional.empty()
                        : Optional.of(Bound.is(CONCERNING_RATING));
        };
    }

    private boolean liftsTheLevel(List<Lift> lifts) {
        return rank(levelWith(lifts)) > rank(assessed.level());
    }

    private HealthLevel levelWith(List<Lift> lifts) {
        List<Points> points = assessed.categories().stream()
                .filter(category -> known(category) > 0)
                .map(category -> new Points(category.weight(), sum(category, lifts), known(category)))
                .toList();
        return Score.of(points).level(levels);
    }

    private static int known(HealthCategory category) {
        return (int) category.measures().stream()
                .filter(measure -> measure.points() != null)
                .count();
    }

    private static int sum(HealthCategory category, List<Lift> lifts) {
        int sum = 0;
        for (HealthMeasure measure : category.measures()) {
            Integer points = measure.points();
            if (points != null) {
                sum += lifts.stream()
                        .filter(lift -> lift.measure().equals(measure.name()))
                        .map(Lift::points)
                        .findFirst()
                        .orElse(points);
            }
        }
        return sum;
    }

    private static int rank(HealthLevel level) {
        return switch (level) {
            case UNKNOWN, POOR -> 0;
            case CONCERNING -> 1;
            case HEALTHY -> 2;
        };
    }
}
