package dev.stagecoach.outreach.letter;

import org.jspecify.annotations.Nullable;

/**
 * What is known of how much an account uses what it bought; each is null when it is not known.
 *
 * @param mau people who used it in the last closed month
 * @param seats bought
 * @param utilization people per seat, in per cent
 * @param usage people on a mean day per people of the month, in per cent
 * @param free seats that nobody used; null too when there are none
 */
public record Usage(
        @Nullable String mau,
        @Nullable String seats,
        @Nullable String utilization,
        @Nullable String usage,
        @Nullable String free) {
    /** Nothing at all. */
    public static final Usage UNKNOWN = new Usage(null, null, null, null, null);
}
