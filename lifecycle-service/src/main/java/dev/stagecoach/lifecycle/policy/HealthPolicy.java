package dev.stagecoach.lifecycle.policy;

import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How healthy an account is.
 *
 * @param releases versions of the product, the newest last; {@code 5.3} stands for {@code 5.3.1} too. With none, how far an
 *     instance is behind is unknown
 * @param validDays how long what people tell stays known
 * @param levels which scores have which name
 * @param equations the first that matches an account decides; the last one matches all
 */
public record HealthPolicy(List<String> releases, ValidDays validDays, Levels levels, List<Equation> equations) {
    public HealthPolicy {
        releases = List.copyOf(releases);
        equations = List.copyOf(equations);
        onlyOnce("releases", releases);
        if (equations.isEmpty() || !equations.get(equations.size() - 1).matchesAll()) {
            throw new IllegalArgumentException(
                    "equations: the last one is for certain segments or stages only (expected: one for all that are left)");
        }
        onlyOnce("equations", equations.stream().map(Equation::name).toList());
    }

    /** The equation for an account of a segment in a stage. */
    public Equation of(Segment segment, Stage stage) {
        return equations.stream()
                .filter(equation -> equation.matches(segment, stage))
                .findFirst()
                .orElseThrow();
    }

    /**
     * For how many days after it was told something counts as known. A ticket count told on day 0 with 120 days is known through
     * day 120.
     */
    public record ValidDays(
            int defectTickets90Days,
            int helpTickets90Days,
            int pulse,
            int championActive,
            int buyerAccess,
            int lastContactOn) {
        public ValidDays {
            Range.atLeast("validDays.defectTickets90Days", defectTickets90Days, 1);
            Range.atLeast("validDays.helpTickets90Days", helpTickets90Days, 1);
            Range.atLeast("validDays.pulse", pulse, 1);
            Range.atLeast("validDays.championActive", championActive, 1);
            Range.atLeast("validDays.buyerAccess", buyerAccess, 1);
            Range.atLeast("validDays.lastContactOn", lastContactOn, 1);
        }
    }

    /**
     * The scale from 0 to 10, cut into equal parts. The cuts are whole numbers of parts, because a third is no decimal number: a
     * score of exactly two thirds is two thirds.
     *
     * @param parts into how many
     * @param healthyFrom a score of at least so many parts is healthy
     * @param poorBelow a score of less than so many parts is poor; in between it is concerning
     */
    public record Levels(int parts, int healthyFrom, int poorBelow) {
        public Levels {
            Range.atLeast("levels.parts", parts, 1);
            Range.atLeast("levels.poorBelow", poorBelow, 0);
            if (poorBelow > healthyFrom || healthyFrom > parts) {
                throw new IllegalArgumentException("levels: poorBelow " + poorBelow + ", healthyFrom " + healthyFrom
                        + ", parts " + parts + " (expected: poorBelow <= healthyFrom <= parts)");
            }
        }
    }

    /**
     * How the score of an account is made.
     *
     * @param segments whom it is for; null is all
     * @param stages in which stages; null is all
     */
    public record Equation(
            String name,
            @Nullable Set<Segment> segments,
            @Nullable Set<Stage> stages,
            List<Category> categories) {
        public Equation {
            segments = inOrder("segments", name, segments);
            stages = inOrder("stages", name, stages);
            categories = List.copyOf(categories);
            if (categories.isEmpty()) {
                throw new IllegalArgumentException("equations: " + name + " has no category");
            }
            onlyOnce(
                    "equations: categories of " + name,
                    categories.stream().map(Category::name).toList());
            onlyOnce(
                    "equations: measures of " + name,
                    categories.stream()
                            .flatMap(category -> category.measures().stream())
                            .map(rule -> rule.name().wireName())
                            .toList());
        }

        /** In the order of the names, so that the same policy is written, and numbered, the same way each time. */
        private static <E extends Enum<E>> @Nullable Set<E> inOrder(String key, String name, @Nullable Set<E> chosen) {
            if (chosen == null) {
                return null;
            }
            if (chosen.isEmpty()) {
                throw new IllegalArgumentException(
                        "equations: " + name + ": " + key + " is empty (expected: some, or no such key for all)");
            }
            return Collections.unmodifiableSet(EnumSet.copyOf(chosen));
        }

        boolean matches(Segment segment, Stage stage) {
            return (segments == null || segments.contains(segment)) && (stages == null || stages.contains(stage));
        }

        boolean matchesAll() {
            return segments == null && stages == null;
        }
    }

    /**
     * Measures that are scored together.
     *
     * @param weight its share of the score, relative to the other known categories
     */
    public record Category(String name, int weight, List<MeasureRule> measures) {
        private static final int MOST_WEIGHT = 1_000;

        public Category {
            measures = List.copyOf(measures);
            if (weight < 1 || weight > MOST_WEIGHT) {
                throw new IllegalArgumentException(
                        "equations: weight of " + name + ": " + weight + " (expected: 1 to " + MOST_WEIGHT + ")");
            }
            if (measures.isEmpty()) {
                throw new IllegalArgumentException("equations: " + name + " has no measure");
            }
        }
    }

    /** Which values of a measure are healthy and which are poor; what is neither is concerning. */
    public record MeasureRule(Measure name, Bound healthy, Bound poor) {
        public MeasureRule {
            fits(name, "healthy", healthy);
            fits(name, "poor", poor);
            if (!healthy.excludes(poor)) {
                throw new IllegalArgumentException(
                        "equations: " + name.wireName() + ": a value could be healthy and poor at once");
            }
        }

        private static void fits(Measure measure, String end, Bound bound) {
            Object is = bound.is();
            boolean fits = switch (measure.kind()) {
                case RATIO, NUMBER -> is == null;
                case YES_OR_NO -> is instanceof Boolean;
                case RATING ->
                    is instanceof String text
                            && Set.of("healthy", "concerning", "poor").contains(text);
            };
            if (!fits) {
                throw new IllegalArgumentException("equations: " + measure.wireName() + ": " + end + " (expected: "
                        + switch (measure.kind()) {
                            case RATIO, NUMBER -> "a limit: atLeast, above, atMost or below";
                            case YES_OR_NO -> "is: true or is: false";
                            case RATING -> "is: healthy, is: concerning or is: poor";
                        }
                        + ")");
            }
        }
    }

    private static void onlyOnce(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        List<String> again = new ArrayList<>();
        names.stream().filter(name -> !seen.add(name)).forEach(again::add);
        if (!again.isEmpty()) {
            throw new IllegalArgumentException(what + ": " + String.join(", ", again) + " stands there twice");
        }
    }
}
