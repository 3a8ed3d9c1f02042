package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A month of an account, once it closed.
 *
 * @param change MAU relative to the month before: 0.1 is 10 % more; null when either is unknown
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UsageRecap(
        String account,
        YearMonth month,
        @Nullable Integer mau,
        @Nullable Double dauMean,
        @Nullable Long events,
        List<FeatureUse> topFeatures,
        @Nullable Double change)
        implements EventData {
    public UsageRecap {
        Checks.notBlank("account", account);
        Checks.present("month", month);
        Checks.notNegative("mau", mau);
        Checks.finite("dauMean", dauMean);
        Checks.finite("change", change);
        topFeatures = topFeatures == null ? List.of() : List.copyOf(topFeatures);
    }

    /** How often a feature was used in the month. */
    public record FeatureUse(String feature, long uses) {
        public FeatureUse {
            Checks.notBlank("topFeatures[].feature", feature);
        }
    }
}
