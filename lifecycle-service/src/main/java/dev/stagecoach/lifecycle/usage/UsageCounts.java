package dev.stagecoach.lifecycle.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was counted for an account, by whom.
 *
 * @param instances by instance id
 */
public record UsageCounts(Map<String, InstanceCounts> instances, EventCounts events) {
    public static final UsageCounts NONE = new UsageCounts(Map.of(), EventCounts.NONE);

    /**
     * Counts of one instance, each the highest it reported for the period.
     *
     * @param production what its last ping said; the account's facts overrule it
     * @param version the version it last reported
     * @param days users per UTC day; of a day that is not there the instance said nothing
     * @param rollingMonth users of the 30 days before the last ping
     */
    public record InstanceCounts(
            boolean production,
            @Nullable String version,
            Instant firstPingAt,
            Instant lastPingAt,
            Map<LocalDate, Integer> days,
            Map<YearMonth, MonthCount> months,
            @Nullable Integer rollingMonth) {}

    /**
     * What an instance reported for one month.
     *
     * @param users null when the instance pinged in the month without saying how many
     * @param lastPingAt the last ping of the month
     * @param features the highest counter of each feature that a ping of the month carried; a feature that is not there is at zero
     */
    public record MonthCount(@Nullable Integer users, Instant lastPingAt, Map<String, Long> features) {
        /** Both counts of one month: the higher numbers, where there are any, and the later ping. */
        public MonthCount and(MonthCount other) {
            Integer most = users == null ? other.users : users;
            if (users != null && other.users != null) {
                most = Math.max(users, other.users);
            }
            Instant later = lastPingAt.isAfter(other.lastPingAt) ? lastPingAt : other.lastPingAt;
            return new MonthCount(most, later, mostOf(features, other.features));
        }

        private static Map<String, Long> mostOf(Map<String, Long> some, Map<String, Long> others) {
            if (others.isEmpty() || some.equals(others)) {
                return some;
            }
            Map<String, Long> most = new HashMap<>(some);
            others.forEach((feature, uses) -> most.merge(feature, uses, Math::max));
            return most;
        }
    }

    /**
     * Distinct users of the account's events.
     *
     * @param firstDay the day of the first event; from then on a day without events is a day with no users
     * @param rollingMonth users of the last 30 days
     */
    public record EventCounts(
            @Nullable LocalDate firstDay,
            Map<LocalDate, Integer> days,
            Map<YearMonth, Integer> months,
            int rollingMonth) {
        public static final EventCounts NONE = new EventCounts(null, Map.of(), Map.of(), 0);
    }
}
