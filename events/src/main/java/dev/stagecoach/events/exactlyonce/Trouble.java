package dev.stagecoach.events.exactlyonce;

import java.time.Duration;

/**
 * A lane whose records could not be applied. It is tried again apart from the others, in ever smaller batches, until the one
 * record that cannot be applied stands alone: it blocks its own lane, and no other.
 *
 * @param limit the most records to try at once
 * @param why the record and the failure
 * @param since {@link System#nanoTime()} of the failure
 * @param pause how long to leave the lane alone
 */
record Trouble(int limit, String why, long since, Duration pause) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    static Trouble first(int limit, String why, long now) {
        return new Trouble(limit, why, now, FIRST_PAUSE);
    }

    /** After a batch of the lane alone has failed. */
    Trouble again(int batch, String reason, long now) {
        if (batch > 1) {
            return new Trouble(batch / 2, reason, now, FIRST_PAUSE);
        }
        Duration longer = pause.multipliedBy(2);
        return new Trouble(1, reason, now, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
    }

    /** After a batch of the lane alone was applied. */
    Trouble eased() {
        return new Trouble(limit * 2, why, since, Duration.ZERO);
    }

    /** Whether it is known which record it is. */
    boolean isOneRecord() {
        return pause.compareTo(FIRST_PAUSE) > 0;
    }

    boolean mayTryAgain(long now) {
        return now - since >= pause.toNanos();
    }
}
