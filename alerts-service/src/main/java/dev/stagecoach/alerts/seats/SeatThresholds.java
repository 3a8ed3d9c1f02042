package dev.stagecoach.alerts.seats;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The thresholds of seat utilization, in percent of the seats.
 *
 * <p>A threshold fires when utilization gets to it or above; then it is silent until utilization has left it by the margin, or
 * has left it at all and the seats changed. The loss of a threshold fires when utilization, having held it, is below it; then
 * that is silent until the threshold fires again, utilization is above it by the margin, or holds it with changed seats. So an
 * account that wavers around a threshold is told about once.
 *
 * @param rising thresholds that tell when they are crossed upwards, lowest first
 * @param falling those of {@code rising} that also tell when they are lost
 * @param margin percentage points
 */
public record SeatThresholds(List<Integer> rising, List<Integer> falling, int margin) {
    public SeatThresholds {
        rising = rising.stream().sorted().distinct().toList();
        falling = falling.stream().sorted().distinct().toList();
        for (Integer threshold : falling) {
            if (!rising.contains(threshold)) {
                throw new IllegalArgumentException(
                        "falling: " + threshold + " (expected: one of rising " + rising + ")");
            }
        }
        if (margin < 0) {
            throw new IllegalArgumentException("margin: " + margin + " (expected: >= 0)");
        }
    }

    /**
     * Compares a utilization with what was said before.
     *
     * @param utilization a fraction, 1 is 100 %; unknown (null) changes nothing
     * @param seats what it was divided by
     */
    public SeatMove move(SeatMarks before, @Nullable Double utilization, @Nullable Integer seats) {
        if (utilization == null) {
            return SeatMove.none(before);
        }
        // Exact: 228 / 285 is 0.8 and 0.8 is 80 %, which binary multiplication does not grant.
        BigDecimal percent = BigDecimal.valueOf(utilization).movePointRight(2);
        boolean seatsChanged = before.seats() != null && !Objects.equals(before.seats(), seats);
        Set<Integer> reached = new TreeSet<>(before.reached());
        Set<Integer> held = new TreeSet<>(before.held());
        List<Integer> crossed = new ArrayList<>();
        List<Integer> lost = new ArrayList<>();
        for (int threshold : rising) {
            if (atLeast(percent, threshold)) {
                boolean fires = reached.add(threshold);
                if (fires) {
                    crossed.add(threshold);
                }
                if (fires || seatsChanged || atLeast(percent, threshold + margin)) {
                    held.add(threshold);
                }
            } else {
                if (held.remove(threshold) && falling.contains(threshold)) {
                    lost.add(threshold);
                }
                if (seatsChanged || !moreThan(percent, threshold - margin)) {
                    reached.remove(threshold);
                }
            }
        }
        return new SeatMove(new SeatMarks(reached, held, seats), crossed, lost);
    }

    private static boolean atLeast(BigDecimal percent, int threshold) {
        return percent.compareTo(BigDecimal.valueOf(threshold)) >= 0;
    }

    private static boolean moreThan(BigDecimal percent, int threshold) {
        return percent.compareTo(BigDecimal.valueOf(threshold)) > 0;
    }
}
