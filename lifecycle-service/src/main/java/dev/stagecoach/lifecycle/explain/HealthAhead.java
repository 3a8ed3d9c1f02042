package dev.stagecoach.lifecycle.explain;

import dev.stagecoach.events.HealthLevel;
import java.time.LocalDate;
import java.util.List;

/**
 * A change of the health level that time alone will bring.
 *
 * @param on the day on which it comes
 * @param reasons what makes it better or worse than the level before
 */
public record HealthAhead(LocalDate on, HealthLevel from, HealthLevel to, List<String> reasons) {
    public HealthAhead {
        reasons = List.copyOf(reasons);
    }
}
