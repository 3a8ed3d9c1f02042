package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.HealthLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would lift the level of an account, with the least.
 *
 * @param level the level that it would have; null when nothing is known, so that the value of the measure would decide
 * @param measures what would have to change, by name; several when none alone would do
 * @param needs the same in words
 */
public record HealthMiss(@Nullable HealthLevel level, List<String> measures, String needs) {
    public HealthMiss {
        measures = List.copyOf(measures);
    }
}
