package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A month of an account, once it closed.
 *
 * @param topFeatures the {@value #MOST_FEATURES} features used most, the most used first: all that were used where there are fewer; empty
 *     when nothing is known of features
 * @param change MAU relative to the month before: 0.1 is 10 % more; null when either is unknown, or nobody was active before
 * @param policyVersion the version of the policy in force; null in records of programs that did not say so
 * @param days the users of each day of which they are known, in order; empty in records of programs that did not say so
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UsageRecap(
        String account,
        YearMonth month,
        @Nullable Integer mau,
        @Nullable Double dauMean,
        @Nullable Long events,
        List<FeatureUse> topFeatures,
        @Nullable Double change,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String policyVersion,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DayUsers> days)
        implements EventData {
    /** So many features a recap tells at most. */
    public static final int MOST_FEATURES = 20;

    public UsageRecap {
        Checks.notBlank("account", account);
        Checks.present("month", month);
        Checks.notNegative("mau", mau);
        Checks.finite("dauMean", dauMean);
        Checks.finite("change", change);
        topFeatures = topFeatures == null ? List.of() : List.copyOf(topFeatures);
        days = days == null ? List.of() : List.copyOf(days);
    }

    /** As programs told it that did not tell the days. */
    public UsageRecap(
            String account,
            YearMonth month,
            @Nullable Integer mau,
            @Nullable Double dauMean,
            @Nullable Long events,
            List<FeatureUse> topFeatures,
            @Nullable Double change,
            @Nullable String policyVersion) {
        this(account, month, mau, dauMean, events, topFeatures, change, policyVersion, List.of());
    }

    /** As programs told it that did not record their policy. */
    public UsageRecap(
            String account,
            YearMonth month,
            @Nullable Integer mau,
            @Nullable Double dauMean,
            @Nullable Long events,
            List<FeatureUse> topFeatures,
            @Nullable Double change) {
        this(account, month, mau, dauMean, events, topFeatures, change, null, List.of());
    }

    /** How often a feature was used in the month: events with it, or what the counters of the instances say. */
    public record FeatureUse(String feature, long uses) {
        public FeatureUse {
            Checks.notBlank("topFeatures[].feature", feature);
        }
    }

    /** Distinct users of one UTC day. */
    public record DayUsers(LocalDate day, int users) {
        public DayUsers {
            Checks.present("days[].day", day);
            Checks.notNegative("days[].users", users);
        }
    }
}
