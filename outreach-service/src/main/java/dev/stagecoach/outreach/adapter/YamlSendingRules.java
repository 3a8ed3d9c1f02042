package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.stagecoach.outreach.delivery.SendingRules;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/** When people may be written to, and how often: the file {@code sending.yaml}. */
final class YamlSendingRules {
    static final String FILE = "sending.yaml";

    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private YamlSendingRules() {}

    /**
     * The rules of a file.
     *
     * @throws PolicyException naming the line of the first thing that is wrong
     */
    static SendingRules read(String text) {
        try {
            return YAML.readValue(text, RulesFile.class).rules();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String what = e instanceof ValueInstantiationException && e.getCause() != null
                    ? e.getCause().getMessage()
                    : e.getOriginalMessage();
            throw new PolicyException(FILE, line, what, e);
        } catch (IllegalArgumentException e) {
            throw new PolicyException(FILE, 0, e.getMessage(), e);
        }
    }

    /** What stands in the file. */
    private record RulesFile(
            @JsonProperty(required = true) int version,
            @JsonProperty(required = true) Quiet quiet,
            @JsonProperty(required = true) List<SendingRules.Cap> caps,
            @JsonProperty(required = true) Duration waitAtMost) {
        SendingRules rules() {
            return new SendingRules(quiet.from, quiet.until, quiet.days, caps, waitAtMost);
        }
    }

    private record Quiet(
            @JsonProperty(required = true) LocalTime from,
            @JsonProperty(required = true) LocalTime until,
            @JsonProperty(required = true) Set<DayOfWeek> days) {}
}
