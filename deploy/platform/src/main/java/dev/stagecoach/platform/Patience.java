package dev.stagecoach.platform;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Asks again and again until the answer is yes.
 *
 * @param most how long in all
 * @param pause how long between two questions
 */
public record Patience(Duration most, Duration pause) {

    public static Patience of(Duration most, Duration pause) {
        return new Patience(most, pause);
    }

    /** Whether the answer was yes in time. An interrupt ends the waiting, and stays set. */
    public boolean until(BooleanSupplier yes) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!yes.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        return true;
    }
}
