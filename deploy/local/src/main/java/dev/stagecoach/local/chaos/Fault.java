package dev.stagecoach.local.chaos;

import java.time.Duration;
import java.time.LocalDate;

/**
 * Something that is made to fail.
 *
 * @param day the simulated day on which it fails
 * @param partOfDay how far into that day, as a fraction of what the day before took: 0 to 1
 * @param target what fails, by the number of those that can
 * @param away how long it is frozen, or dead before it is started again
 */
public record Fault(LocalDate day, double partOfDay, int target, Kind kind, Duration away) {

    /** How it fails. */
    public enum Kind {
        /** {@code kill -9}. */
        KILL,
        /** It stops doing anything, and its connections stay open. */
        FREEZE
    }
}
