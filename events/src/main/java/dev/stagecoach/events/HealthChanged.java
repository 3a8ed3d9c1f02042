package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health level of an account changed.
 *
 * @param score weighted mean of the known categories, 0 to 10; null when nothing is known
 */
public record HealthChanged(
        String account,
        HealthLevel from,
        HealthLevel to,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double score,
        Instant at,
        List<HealthCategory> categories,
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
    }

    /** One category of the health score, 0 to 10; null when none of its measures is known. */
    public record HealthCategory(
            String name,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double score,

            List<HealthMeasure> measures) {
        public HealthCategory {
            Checks.notBlank("categories[].name", name);
            Checks.finite("categories[].score", score);
            measures = measures == null ? List.of() : List.copyOf(measures);
        }
    }

    /** One measure: its value (null when unknown) and the points it scores: 0, 5 or 10. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record HealthMeasure(
            String name, @Nullable Object value, @Nullable Integer points) {
        public HealthMeasure {
            Checks.notBlank("measures[].name", name);
        }
    }
}
