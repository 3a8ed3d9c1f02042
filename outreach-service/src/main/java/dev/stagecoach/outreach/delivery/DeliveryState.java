package dev.stagecoach.outreach.delivery;

import java.util.Locale;

/** Where a mail stands. */
public enum DeliveryState {
    /** Decided; waits for its time, or for the mail server. */
    PLANNED,
    /** Being handed over: the mail server may have it already. */
    SENDING,
    SENT,
    /** Decided against, or taken back before it was sent; the reason says why. */
    SUPPRESSED,
    /** Accepted by the mail server and returned later. */
    BOUNCED,
    /** Refused for good; the reason is the server's. */
    FAILED,
    /** Nobody can say whether it was handed over. Never sent again by itself. */
    UNKNOWN;

    /** Whether it is still to come to an end. */
    public boolean isPending() {
        return this == PLANNED || this == SENDING;
    }

    /** The name in tables and in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DeliveryState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
