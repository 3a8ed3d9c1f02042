package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.HealthLevel;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The health of an account as it was decided so far.
 *
 * @param since the day on which the level began; null while there was none
 * @param changes how many changes of level there have been; numbers the next one
 * @param latest the last assessment
 * @param asOf the day from which on the last assessment holds; null before the first
 * @param told the assessment that gave the level
 * @param reasons what made it better or worse than the level before
 */
public record HealthStanding(
        HealthLevel level,
        @Nullable LocalDate since,
        int changes,
        Assessment latest,
        @Nullable LocalDate asOf,
        Assessment told,
        List<String> reasons) {
    public static final HealthStanding NONE = new HealthStanding(
            HealthLevel.UNKNOWN, null, 0, Assessment.NO_CUSTOMER, null, Assessment.NO_CUSTOMER, List.of());

    public HealthStanding {
        reasons = List.copyOf(reasons);
    }

    /** Whether the score, or the level that is known without one, is another. */
    public boolean hasOtherScoreThan(HealthStanding before) {
        return level != before.level || !Objects.equals(latest.score(), before.latest.score());
    }

    /** The standing after an assessment; the level is a new one when it differs, and only then is there a change more. */
    public HealthStanding assessed(Assessment assessment, LocalDate today) {
        if (assessment.saysTheSameAs(latest)) {
            return this;
        }
        if (assessment.level() == level) {
            return new HealthStanding(level, since, changes, assessment, today, told, reasons);
        }
        return new HealthStanding(
                assessment.level(),
                today,
                changes + 1,
                assessment,
                today,
                assessment,
                HealthReasons.of(told, assessment));
    }
}
