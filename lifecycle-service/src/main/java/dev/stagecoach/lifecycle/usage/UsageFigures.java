package dev.stagecoach.lifecycle.usage;

import dev.stagecoach.events.UsageSummary;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an account on a day, as decisions see it.
 *
 * @param month the month that {@code mau} counts; null under the rolling definition
 * @param mau monthly active users, by the definition that decides
 * @param seats what utilization divides by
 * @param dauSum sum of the known daily users in the window
 * @param dauDays number of days in that sum
 * @param whyNoDau why the mean is unknown; empty when it is known
 */
public record UsageFigures(
        MonthDefinition definition,
        @Nullable YearMonth month,
        @Nullable Source source,
        Count mau,
        Count seats,
        long dauSum,
        int dauDays,
        String whyNoDau,
        @Nullable Integer rollingMau,
        @Nullable Integer monthToDate) {

    /** MAU / seats; more than 100 % is legal ({@code docs/rules.md}, metrics). */
    public Ratio utilization() {
        if (mau.value() == null) {
            return Ratio.unknown(mau.why());
        }
        if (seats.value() == null) {
            return Ratio.unknown(seats.why());
        }
        return Ratio.of(mau.value(), seats.value());
    }

    /** Mean DAU / MAU. */
    public Ratio usage() {
        if (!whyNoDau.isEmpty()) {
            return Ratio.unknown(whyNoDau);
        }
        if (mau.value() == null) {
            return Ratio.unknown(mau.why());
        }
        if (mau.value() == 0) {
            return Ratio.unknown("nobody was active in the month");
        }
        return Ratio.of(dauSum, (long) dauDays * mau.value());
    }

    /** Whether the mere passing of days can change these figures. */
    public boolean areMoving() {
        boolean isAnyoneActive =
                dauSum > 0 || isPositive(mau.value()) || isPositive(monthToDate) || isPositive(rollingMau);
        // A day or month without pings is unknown, where one without events counts nobody: even zeros pass.
        boolean isKnownByPings = source == Source.PING
                && (dauDays > 0 || mau.value() != null || monthToDate != null || rollingMau != null);
        return isAnyoneActive || isKnownByPings;
    }

    private static boolean isPositive(@Nullable Integer count) {
        return count != null && count > 0;
    }

    /** Null when unknown. */
    public @Nullable Double dauMean() {
        return whyNoDau.isEmpty() ? (Double) ((double) dauSum / dauDays) : null;
    }

    /**
     * The figures as they are told.
     *
     * @param policyVersion of the policy that they were measured by
     */
    public UsageSummary summary(String account, Instant asOf, String policyVersion) {
        return new UsageSummary(
                account,
                asOf,
                month,
                mau.value(),
                dauMean(),
                seats.value(),
                utilization().orNull(),
                usage().orNull(),
                definition.wireName(),
                source == null ? null : source.wireName(),
                new UsageSummary.Current(rollingMau, monthToDate),
                policyVersion);
    }
}
