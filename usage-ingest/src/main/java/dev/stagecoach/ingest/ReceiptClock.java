package dev.stagecoach.ingest;

import java.time.Instant;

/** The time at which usage is received. */
@FunctionalInterface
public interface ReceiptClock {
    /**
     * To the millisecond, as Kafka keeps it.
     *
     * @throws RefusedException with {@link Refusal#NOT_READY} while there is no time yet
     */
    Instant now();
}
