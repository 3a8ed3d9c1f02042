package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.ReceiptClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's clock. */
final class SystemClock implements ReceiptClock {
    @Override
    public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
