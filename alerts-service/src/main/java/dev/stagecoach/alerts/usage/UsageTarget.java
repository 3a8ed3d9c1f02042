package dev.stagecoach.alerts.usage;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target of usage, daily by monthly users, in percent.
 *
 * <p>Reaching it tells, and so does falling below it after that was told. A crossing back tells only when usage was away from the
 * target by the margin in between, on either side: an account that wavers around the target is told about once.
 *
 * @param percent the target
 * @param margin percentage points
 */
public record UsageTarget(int percent, int margin) {
    public UsageTarget {
        if (margin < 0) {
            throw new IllegalArgumentException("margin: " + margin + " (expected: >= 0)");
        }
    }

    /**
     * Compares a usage with what was said before.
     *
     * @param usage a fraction, 1 is 100 %; unknown (null) changes nothing
     */
    public Move move(TargetMarks before, @Nullable Double usage) {
        if (usage == null) {
            return new Move(before, Optional.empty());
        }
        BigDecimal value = BigDecimal.valueOf(usage).movePointRight(2);
        boolean met = value.compareTo(BigDecimal.valueOf(percent)) >= 0;
        boolean far = met
                ? value.compareTo(BigDecimal.valueOf(percent + (long) margin)) >= 0
                : value.compareTo(BigDecimal.valueOf(percent - (long) margin)) <= 0;
        if (before.told() == null) {
            return met ? told(Crossing.REACHED, far) : new Move(before, Optional.empty());
        }
        Crossing side = met ? Crossing.REACHED : Crossing.LOST;
        if (before.told() == side) {
            return new Move(new TargetMarks(side, before.clear() || far), Optional.empty());
        }
        return before.clear() || far ? told(side, far) : new Move(before, Optional.empty());
    }

    private static Move told(Crossing crossing, boolean far) {
        return new Move(new TargetMarks(crossing, far), Optional.of(crossing));
    }

    /**
     * What a usage means.
     *
     * @param marks what to remember
     * @param crossing what to tell, if anything
     */
    public record Move(TargetMarks marks, Optional<Crossing> crossing) {}
}
