package dev.stagecoach.bench;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.Patience;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a contender. */
final class CaughtUp {

    private static final Duration MOST = Duration.ofHours(2);
    /** A look costs less than a millisecond of processor time. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private CaughtUp() {}

    /** @throws Complaint if it takes hours */
    static void await(String contender, BooleanSupplier yes) {
        if (!Patience.of(MOST, PAUSE).until(yes)) {
            throw new Complaint(
                    Thread.currentThread().isInterrupted()
                            ? "Interrupted."
                            : contender + " did not finish within " + MOST.toHours() + " hours.");
        }
    }
}
