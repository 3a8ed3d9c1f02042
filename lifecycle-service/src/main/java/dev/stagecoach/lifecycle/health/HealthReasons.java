package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.lifecycle.policy.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What made health better or worse between two assessments. */
final class HealthReasons {
    /** What is unknown pulls nowhere. */
    private static final double MIDDLE = 5;

    private final Assessment before;
    private final Assessment after;
    private final Map<String, HealthMeasure> measuresBefore = new HashMap<>();

    private HealthReasons(Assessment before, Assessment after) {
        this.before = before;
        this.after = after;
        before.categories().stream()
                .flatMap(category -> category.measures().stream())
                .forEach(measure -> measuresBefore.put(measure.name(), measure));
    }

    /** A sentence for each measure whose points changed: first those that explain the direction, the heaviest category first. */
    static List<String> of(Assessment before, Assessment after) {
        return new HealthReasons(before, after).sentences();
    }

    private record Change(int weight, boolean isExplaining, String sentence) {}

    private List<String> sentences() {
        if (after.equation() == null) {
            return List.of("no customer any more: health is not computed");
        }
        List<Change> changes = new ArrayList<>();
        for (HealthCategory category : after.categories()) {
            for (HealthMeasure measure : category.measures()) {
                HealthMeasure was = measuresBefore.getOrDefault(
                        measure.name(), new HealthMeasure(measure.name(), null, null, null));
                if (!Objects.equals(was.points(), measure.points())) {
                    changes.add(new Change(category.weight(), explains(was, measure), sentence(was, measure)));
                }
            }
        }
        if (before.equation() != null && !before.equation().equals(after.equation())) {
            changes.add(new Change(
                    Integer.MAX_VALUE, false, "equation " + after.equation() + " applies, was " + before.equation()));
        }
        if (changes.isEmpty()) {
            return List.of("the policy counts the same measures otherwise than before");
        }
        changes.sort(Comparator.comparing(Change::isExplaining)
                .thenComparing(Change::weight)
                .reversed());
        return changes.stream().map(Change::sentence).toList();
    }

    /** Whether a measure moved in the direction of the score; of what was or is unknown, whether it pulls there. */
    private boolean explains(HealthMeasure was, HealthMeasure is) {
        double scoreBefore = before.score() == null ? MIDDLE : before.score();
        double scoreAfter = after.score() == null ? MIDDLE : after.score();
        double pointsBefore = was.points() == null ? scoreBefore : was.points();
        double pointsAfter = is.points() == null ? scoreAfter : is.points();
        return Math.signum(pointsAfter - pointsBefore) == Math.signum(scoreAfter - scoreBefore);
    }

    private static String sentence(HealthMeasure was, HealthMeasure is) {
        Measure measure = Measure.of(is.name());
        String sentence = measure.label() + " is " + HealthWords.value(measure, is.value()) + " (" + is.why()
                + "), was " + HealthWords.value(measure, was.value());
        return was.points() == null ? sentence : sentence + " (" + HealthWords.level(was.points()) + ")";
    }
}
