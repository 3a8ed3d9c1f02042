package dev.stagecoach.lifecycle.health;

import dev.stagecoach.lifecycle.policy.Bound;
import dev.stagecoach.lifecycle.policy.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values and bounds as people read them. */
final class HealthWords {
    private HealthWords() {}

    static String value(Measure measure, @Nullable Object value) {
        if (value == null) {
            return "unknown";
        }
        return switch (measure.kind()) {
            case RATIO -> percent(((Number) value).doubleValue());
            case NUMBER -> number(((Number) value).doubleValue());
            case YES_OR_NO -> Boolean.TRUE.equals(value) ? "yes" : "no";
            case RATING -> value.toString();
        };
    }

    static String bound(Measure measure, Bound bound) {
        if (bound.is() != null) {
            return value(measure, bound.is());
        }
        String limit = value(measure, Objects.requireNonNull(bound.limit()));
        if (bound.atLeast() != null) {
            return "at least " + limit;
        }
        if (bound.above() != null) {
            return "above " + limit;
        }
        return (bound.atMost() != null ? "at most " : "below ") + limit;
    }

    static String level(@Nullable Integer points) {
        if (points == null) {
            return "unknown";
        }
        return switch (points) {
            case 0 -> "poor";
            case 10 -> "healthy";
            default -> "concerning";
        };
    }

    /** Cut off, not rounded: 79.999 % must not read as 80 % where 80 % is the bound. */
    private static String percent(double fraction) {
        BigDecimal percent = new BigDecimal(Double.toString(fraction))
                .movePointRight(2)
                .setScale(2, RoundingMode.DOWN)
                .stripTrailingZeros();
        return percent.toPlainString() + " %";
    }

    private static String number(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
