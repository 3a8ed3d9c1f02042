package dev.stagecoach.alerts.mail;

/**
 * Nobody gets lost ({@code docs/architecture.md}, 4): eligible = sent + suppressed + failed + bounced + unknown + pending.
 *
 * @param eligible mails that were decided on
 */
public record Balance(
        long eligible, long sent, long suppressed, long failed, long bounced, long unknown, long pending) {
    public static final Balance NONE = new Balance(0, 0, 0, 0, 0, 0, 0);

    /** Mails that were decided on and are in no state: 0, or something went wrong. */
    public long missing() {
        return eligible - (sent + suppressed + failed + bounced + unknown + pending);
    }

    public boolean isEven() {
        return missing() == 0;
    }

    public Balance plus(Balance other) {
        return new Balance(
                eligible + other.eligible,
                sent + other.sent,
                suppressed + other.suppressed,
                failed + other.failed,
                bounced + other.bounced,
                unknown + other.unknown,
                pending + other.pending);
    }
}
