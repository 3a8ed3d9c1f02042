package dev.stagecoach.outreach.delivery;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * When people may be written to, and how often.
 *
 * @param quietFrom the local time at which quiet hours begin
 * @param quietUntil the local time at which they end; before {@code quietFrom}: on the next day; the same: there are none
 * @param quietDays days that are quiet as a whole
 * @param caps each holds for every stretch of days
 * @param waitAtMost how long a mail waits for others; then it is not sent
 */
public record SendingRules(
        LocalTime quietFrom, LocalTime quietUntil, Set<DayOfWeek> quietDays, List<Cap> caps, Duration waitAtMost) {
    /** Whoever is due is written to. */
    public static final SendingRules NONE =
            new SendingRules(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, Set.of(), List.of(), Duration.ofDays(7));

    public SendingRules {
        if (quietDays.containsAll(EnumSet.allOf(DayOfWeek.class))) {
            throw new IllegalArgumentException("days: all of them are quiet (expected: at least one that is not)");
        }
        if (waitAtMost.isNegative()) {
            throw new IllegalArgumentException("wait-at-most: " + waitAtMost + " (expected: not negative)");
        }
        quietDays = Set.copyOf(quietDays);
        caps = List.copyOf(caps);
    }

    /**
     * So many mails, and no more, to one person within so many calendar days in a row, as the person's calendar has them.
     *
     * @param mails 1 or more
     * @param days 1 or more
     */
    public record Cap(int mails, int days) {
        /** So far back mails can count. */
        public static final Duration LONGEST = Duration.ofDays(31);

        public Cap {
            if (mails < 1) {
                throw new IllegalArgumentException("mails: " + mails + " (expected: >= 1)");
            }
            if (days < 1 || days > LONGEST.toDays()) {
                throw new IllegalArgumentException("days: " + days + " (expected: 1 to " + LONGEST.toDays() + ")");
            }
        }

        @Override
        public String toString() {
            return mails + " in " + days + (days == 1 ? " day" : " days");
        }
    }
}
