package dev.stagecoach.lifecycle;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.lifecycle.journey.Cause;
import java.time.Instant;

/** Something that can change what is decided, as read from a topic. */
public sealed interface Happening {
    /** The record that told it. */
    Cause record();

    /** Facts were told about an account. */
    record FactsTold(Cause record, AccountFacts facts) implements Happening {}

    /** An instance reported about itself. */
    record Pinged(Cause record, UsagePing ping) implements Happening {}

    /**
     * A user did something.
     *
     * @param user a pseudonym, stable within the account
     * @param receivedAt when usage-ingest took it
     */
    record Used(Cause record, String account, String user, String feature, Instant at, Instant receivedAt)
            implements Happening {
        private static final long SECONDS_OF_A_DAY = 86_400;

        /** The UTC day of the use, in days since 1970-01-01. */
        public long epochDay() {
            return dayOf(at);
        }

        /** The UTC day of the receipt, in days since 1970-01-01. */
        public long receiptDay() {
            return dayOf(receivedAt);
        }

        private static long dayOf(Instant time) {
            return Math.floorDiv(time.getEpochSecond(), SECONDS_OF_A_DAY);
        }
    }

    /** Time passed. */
    record Ticked(Cause record, Instant at) implements Happening {}
}
