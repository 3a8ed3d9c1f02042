package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.HealthChanged.HealthCategory;
import dev.stagecoach.events.HealthChanged.HealthMeasure;
import dev.stagecoach.events.HealthLevel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How healthy an account is on a day, and what that is made of.
 *
 * @param score weighted mean of the known categories, 0 to 10; null when none is known
 * @param equation the name of the equation; null when the account is no customer
 */
public record Assessment(
        HealthLevel level, @Nullable Double score, @Nullable String equation, List<HealthCategory> categories) {
    /** Of an account that is not a customer yet, or not any more. */
    public static final Assessment NO_CUSTOMER = new Assessment(HealthLevel.UNKNOWN, null, null, List.of());

    public Assessment {
        categories = categories == null ? List.of() : List.copyOf(categories);
    }

    /** Whether values and points are the same, however they are put into words. */
    boolean saysTheSameAs(Assessment other) {
        return level == other.level
                && Objects.equals(score, other.score)
                && Objects.equals(equation, other.equation)
                && numbers().equals(other.numbers());
    }

    private List<HealthMeasure> numbers() {
        return categories.stream()
                .flatMap(category -> category.measures().stream())
                .map(measure -> new HealthMeasure(measure.name(), measure.value(), measure.points(), null))
                .toList();
    }
}
