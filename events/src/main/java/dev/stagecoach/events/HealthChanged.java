package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health level of an account changed.
 *
 * @param score weighted mean of the known categories, 0 to 10; null when nothing is known
 * @param equation the name of the equation in the policy; null when none was computed, because the account is no customer
 * @param reasons what made it better or worse since the level before, in words and numbers, the weightiest first
 */
public record HealthChanged(
        String account,
        HealthLevel from,
        HealthLevel to,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double score,
        Instant at,
        @Nullable String equation,
        List<HealthCategory> categories,
        List<String> reasons,
        String policyVersion)
        implements EventData {
    public HealthChanged {
        Checks.notBlank("account", account);
        Checks.present("from", from);
        Checks.present("to", to);
        Checks.finite("score", score);
        Checks.present("at", at);
        Checks.notBlank("policyVersion", policyVersion);
        categories = categories == null ? List.of() : List.copyOf(categories);
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
    }

    /**
     * One category of the health score.
     *
     * @param weight its weight among the known categories
     * @param score mean of its known measures, 0 to 10; null when none is known
     */
    public record HealthCategory(
            String name,

            int weight,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double score,

            List<HealthMeasure> measures) {
        public HealthCategory {
            Checks.notBlank("categories[].name", name);
            Checks.finite("categories[].score", score);
            measures = measures == null ? List.of() : List.copyOf(measures);
        }
    }

    /**
     * One measure.
     *
     * @param value a number, a truth value or a name; null when unknown
     * @param points poor 0, concerning 5, healthy 10; null when unknown
     * @param why the bound that gave the points, or why the value is unknown, in words
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record HealthMeasure(
            String name,

            @Nullable Object value,
            @Nullable Integer points,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String why) {
        public HealthMeasure {
            Checks.notBlank("measures[].name", name);
        }
    }
}
