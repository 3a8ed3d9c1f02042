package dev.stagecoach.lifecycle.policy;

/**
 * How usage is measured.
 *
 * @param month which month's users decide
 * @param source whose counts decide when there are both
 * @param dauDays how many complete days the mean of daily users looks back
 * @param dauDaysKnown of how many of them the count must be known for the mean to be known
 * @param silenceDays an instance is silent when its last ping is longer ago than this
 * @param pingsDecideForDays under {@link UsageSource#PINGS} pings decide while the last one is at most so many days ago
 * @param recapDay the day of the month, 1 to 28, on which the recap of the month before is told
 */
public record UsagePolicy(
        MonthDefinition month,
        UsageSource source,
        int dauDays,
        int dauDaysKnown,
        int silenceDays,
        int pingsDecideForDays,
        int recapDay) {
    public UsagePolicy {
        Range.atLeast("dauDays", dauDays, 1);
        Range.atLeast("dauDaysKnown", dauDaysKnown, 1);
        Range.atLeast("silenceDays", silenceDays, 1);
        Range.atLeast("pingsDecideForDays", pingsDecideForDays, 1);
        Range.atLeast("recapDay", recapDay, 1);
        Range.atMost("recapDay", recapDay, LAST_DAY_OF_EVERY_MONTH);
        Range.atMost("dauDays", dauDays, MOST_DAYS);
        if (dauDaysKnown > dauDays) {
            throw new IllegalArgumentException(
                    "dauDaysKnown: " + dauDaysKnown + " (expected: <= dauDays, which is " + dauDays + ")");
        }
    }

    private static final int LAST_DAY_OF_EVERY_MONTH = 28;

    /** So many days of daily counts are loaded to decide. */
    public static final int MOST_DAYS = 60;
}
