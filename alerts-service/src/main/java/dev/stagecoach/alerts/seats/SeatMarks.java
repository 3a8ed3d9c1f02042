package dev.stagecoach.alerts.seats;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has been said about an account's utilization so far. Thresholds are in percent.
 *
 * @param reached thresholds that were crossed upwards and are not armed again yet
 * @param held those whose loss is still to be told
 * @param seats the seats at the last known utilization; null before the first one
 */
public record SeatMarks(
        Set<Integer> reached, Set<Integer> held, @Nullable Integer seats) {
    /** Before anything is known. */
    public static final SeatMarks NONE = new SeatMarks(Set.of(), Set.of(), null);

    public SeatMarks {
        reached = Collections.unmodifiableSet(new TreeSet<>(reached));
        held = Collections.unmodifiableSet(new TreeSet<>(held));
    }
}
