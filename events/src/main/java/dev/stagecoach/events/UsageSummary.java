package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an account as of a moment. Unknown is {@code null}, never zero.
 *
 * @param month the closed calendar month that {@code mau} counts
 * @param mau distinct users of that month
 * @param dauMean28 mean daily users of the last 28 complete days
 * @param seats the divisor of utilization: seats, or addressable users of an unlimited deal
 * @param utilization {@code mau / seats}; 1 is 100 %, more is legal
 * @param usage {@code dauMean28 / mau}
 * @param definition which definition of a month decides, {@code last-closed-month} or {@code rolling-30-days}
 * @param source {@code ping} or {@code event}: whose counts these are
 * @param policyVersion the version of the policy in force; null in records of programs that did not say so
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UsageSummary(
        String account,
        Instant asOf,
        @Nullable YearMonth month,
        @Nullable Integer mau,
        @Nullable Double dauMean28,
        @Nullable Integer seats,
        @Nullable Double utilization,
        @Nullable Double usage,
        String definition,
        @Nullable String source,
        Current current,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String policyVersion)
        implements EventData {
    public UsageSummary {
        Checks.notBlank("account", account);
        Checks.present("asOf", asOf);
        Checks.notNegative("mau", mau);
        Checks.finite("dauMean28", dauMean28);
        Checks.notNegative("seats", seats);
        Checks.finite("utilization", utilization);
        Checks.finite("usage", usage);
        Checks.notBlank("definition", definition);
        current = current == null ? Current.UNKNOWN : current;
    }

    /** As programs told it that did not record their policy. */
    public UsageSummary(
            String account,
            Instant asOf,
            @Nullable YearMonth month,
            @Nullable Integer mau,
            @Nullable Double dauMean28,
            @Nullable Integer seats,
            @Nullable Double utilization,
            @Nullable Double usage,
            String definition,
            @Nullable String source,
            Current current) {
        this(account, asOf, month, mau, dauMean28, seats, utilization, usage, definition, source, current, null);
    }

    /**
     * Numbers of periods that still run; shown, and deciding only where the policy says so.
     *
     * @param rollingMau distinct users of the last 30 days
     * @param monthToDate distinct users of the running month
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Current(
            @Nullable Integer rollingMau, @Nullable Integer monthToDate) {
        public static final Current UNKNOWN = new Current(null, null);

        public Current {
            Checks.notNegative("current.rollingMau", rollingMau);
            Checks.notNegative("current.monthToDate", monthToDate);
        }
    }
}
