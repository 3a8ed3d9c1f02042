package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Category;
import dev.stagecoach.alerts.adapter.AccountPage.Health;
import dev.stagecoach.alerts.adapter.AccountPage.Level;
import dev.stagecoach.alerts.adapter.AccountPage.Mark;
import dev.stagecoach.alerts.adapter.AccountPage.Measure;
import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.events.HealthChanged;
import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of the page that is about health. */
final class HealthParts {
    private static final Set<String> FRACTIONS = Set.of("mau-per-seat", "dau-per-mau");
    private static final int HEALTHY = 10;
    private static final int CONCERNING = 5;
    /** Thirds of 0 to 10 name the level of a category, as they do of the whole. */
    private static final double POOR_BELOW = 10.0 / 3;

    private static final double HEALTHY_FROM = 20.0 / 3;

    private HealthParts() {}

    /**
     * Health as it is, as far as lifecycle-service answers; else as it was when its level changed last.
     *
     * @param changes newest first, each told by the entry at its place
     */
    static Health health(
            List<JdbcTimeline.Line> entries, List<HealthChanged> changes, Optional<LifecycleApi.Health> current) {
        if (changes.isEmpty()) {
            return new Health("unknown", Mark.UNKNOWN, null, null, null, null, null, List.of(), List.of(), List.of());
        }
        Health told = told(entries, changes);
        return current.filter(now -> now.asOf() != null)
                .map(now -> asOfNow(now, told, changes.get(0)))
                .orElse(told);
    }

    private static Health asOfNow(LifecycleApi.Health now, Health told, HealthChanged last) {
        return new Health(
                now.level(),
                mark(HealthLevel.of(now.level())),
                score(now.score()),
                now.asOf() == null ? null : PageText.date(now.asOf()),
                told.at(),
                told.entry(),
                now.trend() == null ? null : inThirtyDays(now.trend().last30Days()),
                categories(now.categories(), last),
                told.reasons(),
                told.levels());
    }

    private static @Nullable String inThirtyDays(@Nullable Double points) {
        if (points == null) {
            return null;
        }
        if (points == 0) {
            return "→ as 30 days ago";
        }
        return (points > 0 ? "↗ " : "↘ ") + String.format(Locale.ROOT, "%+.1f in 30 days", points);
    }

    private static Health told(List<JdbcTimeline.Line> entries, List<HealthChanged> changes) {
        HealthChanged last = changes.get(0);
        HealthChanged before = changes.size() > 1 ? changes.get(1) : null;
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            HealthChanged change = changes.get(i);
            levels.add(new Level(
                    change.to().wireName(),
                    mark(change.to()),
                    score(change.score()),
                    new Moment(entries.get(i).at()),
                    entries.get(i).id()));
        }
        return new Health(
                last.to().wireName(),
                mark(last.to()),
                score(last.score()),
                null,
                new Moment(entries.get(0).at()),
                entries.get(0).id(),
                before == null ? null : trend(last.score(), before.score()),
                categories(last.categories(), before),
                last.reasons(),
                levels);
    }

    private static List<Category> categories(List<HealthCategory> now, @Nullable HealthChanged before) {
        Map<String, Double> scores = new HashMap<>();
        Map<String, Integer> points = new HashMap<>();
        if (before != null) {
            for (HealthCategory category : before.categories()) {
                if (category.score() != null) {
                    scores.put(category.name(), category.score());
                }
                for (HealthMeasure measure : category.measures()) {
                    if (measure.points() != null) {
                        points.put(measure.name(), measure.points());
                    }
                }
            }
        }
        return now.stream()
                .map(category -> new Category(
                        words(category.name()),
                        category.weight(),
                        mark(category.score()),
                        category.score() == null ? "unknown" : String.valueOf(score(category.score())),
                        trend(category.score(), scores.get(category.name())),
                        category.score() == null
                                ? List.of()
                                : category.measures().stream()
                                        .map(measure -> measure(measure, points.get(measure.name())))
                                        .toList(),
                        category.score() == null
                                ? category.measures().stream()
                                        .map(HealthParts::unknown)
                                        .toList()
                                : List.of()))
                .toList();
    }

    private static String unknown(HealthMeasure measure) {
        return words(measure.name()) + (measure.why() == null ? "" : ": " + measure.why());
    }

    private static Measure measure(HealthMeasure measure, @Nullable Integer before) {
        Integer points = measure.points();
        return new Measure(
                words(measure.name()),
                value(measure.name(), measure.value()),
                mark(points),
                word(points),
                measure.why(),
                trend(points == null ? null : points.doubleValue(), before == null ? null : before.doubleValue()));
    }

    private static String words(String name) {
        return switch (name) {
            case "mau-per-seat" -> "Monthly users per seat";
            case "dau-per-mau" -> "Daily of monthly users";
            default -> Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ');
        };
    }

    private static String value(String name, @Nullable Object value) {
        if (value == null) {
            return "unknown";
        }
        if (value instanceof Boolean truth) {
            return truth ? "yes" : "no";
        }
        return value instanceof Number number && FRACTIONS.contains(name)
                ? PageText.percent(number.doubleValue())
                : value.toString();
    }

    private static Mark mark(HealthLevel level) {
        return switch (level) {
            case HEALTHY -> Mark.GOOD;
            case CONCERNING -> Mark.MIDDLING;
            case POOR -> Mark.BAD;
            case UNKNOWN -> Mark.UNKNOWN;
        };
    }

    private static Mark mark(@Nullable Double score) {
        if (score == null) {
            return Mark.UNKNOWN;
        }
        if (score >= HEALTHY_FROM) {
            return Mark.GOOD;
        }
        return score < POOR_BELOW ? Mark.BAD : Mark.MIDDLING;
    }

    private static Mark mark(@Nullable Integer points) {
        if (points == null) {
            return Mark.UNKNOWN;
        }
        return points >= HEALTHY ? Mark.GOOD : points >= CONCERNING ? Mark.MIDDLING : Mark.BAD;
    }

    private static String word(@Nullable Integer points) {
        if (points == null) {
            return "unknown";
        }
        return points >= HEALTHY ? "healthy" : points >= CONCERNING ? "concerning" : "poor";
    }

    private static @Nullable String score(@Nullable Double score) {
        return score == null ? null : String.format(Locale.ROOT, "%.1f", score);
    }

    private static String trend(@Nullable Double now, @Nullable Double before) {
        if (now == null || before == null) {
            return "";
        }
        String was = String.format(Locale.ROOT, "%.1f", before);
        if (now.equals(before)) {
            return "→ as before";
        }
        return now > before ? "↗ from " + was : "↘ from " + was;
    }
}
