package dev.stagecoach.alerts.seats;

import java.util.List;
import java.util.Optional;

/**
 * What a new utilization means.
 *
 * @param marks what to remember
 * @param crossed thresholds newly crossed upwards, lowest first
 * @param lost thresholds it fell below after having held them, lowest first
 */
public record SeatMove(SeatMarks marks, List<Integer> crossed, List<Integer> lost) {
    public SeatMove {
        crossed = List.copyOf(crossed);
        lost = List.copyOf(lost);
    }

    static SeatMove none(SeatMarks marks) {
        return new SeatMove(marks, List.of(), List.of());
    }

    /** The one to name when several were crossed at once. */
    public Optional<Integer> highestCrossed() {
        return crossed.stream().max(Integer::compare);
    }

    /** The one to name when several were lost at once. */
    public Optional<Integer> lowestLost() {
        return lost.stream().min(Integer::compare);
    }
}
