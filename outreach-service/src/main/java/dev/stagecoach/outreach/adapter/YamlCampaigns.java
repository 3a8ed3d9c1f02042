package dev.stagecoach.outreach.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.Campaigns;
import dev.stagecoach.outreach.campaign.CapClass;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Campaign files. Whatever is wrong with one ends the start with the file, the line and what was expected. */
final class YamlCampaigns {
    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(Trigger.class, new TriggerReader()))
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // What a file says too much is reported before what it lacks: it is often the same, misspelt.
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final PolicyFiles files;
    private final Predicate<String> templateExists;

    YamlCampaigns(PolicyFiles files, Predicate<String> templateExists) {
        this.files = files;
        this.templateExists = templateExists;
    }

    /**
     * A campaign with the file it comes from.
     *
     * @param file its name below the policy directory
     * @param text all that stands in it
     */
    record Source(String file, String text, Campaign campaign) {
        /** The line on which a field stands; 0 where it does not. */
        int lineOf(String field) {
            return YamlCampaigns.lineOf(text, field + ": ");
        }

        /** What the file says, without comments, spacing and description. */
        String essence() {
            try {
                JsonNode tree = YAML.readTree(text);
                return tree instanceof ObjectNode fields
                        ? fields.without("description").toString()
                        : tree.toString();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(file, e);
            }
        }
    }

    /**
     * All campaigns with their files.
     *
     * @throws PolicyException for the first thing that is wrong
     */
    List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        files.campaigns().forEach((name, text) -> {
            String file = "campaigns/" + name;
            Campaign campaign = parse(file, text);
            checkTemplates(campaign, file, text);
            sources.add(new Source(file, text, campaign));
        });
        if (sources.isEmpty()) {
            throw new PolicyException("campaigns/", 0, "no campaign there (expected: at least one .yaml file)", null);
        }
        return sources;
    }

    /**
     * All campaigns, of which no other version is known.
     *
     * @throws PolicyException for the first thing that is wrong
     */
    Campaigns read() {
        return new Campaigns(sources().stream().map(Source::campaign).toList());
    }

    /**
     * The campaign of a file, whether its templates exist or not.
     *
     * @throws PolicyException for the first thing that is wrong
     */
    static Campaign parse(String file, String text) {
        try {
            return YAML.readValue(text, CampaignFile.class).campaign();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new PolicyException(file, betterLine(e, text, line), messageOf(e), e);
        } catch (IllegalArgumentException e) {
            throw new PolicyException(file, lineOf(text, String.valueOf(e.getMessage())), e.getMessage(), e);
        }
    }

    private void checkTemplates(Campaign campaign, String file, String text) {
        for (Step step : campaign.steps()) {
            for (String suffix : List.of(QuteTemplates.MJML, QuteTemplates.TEXT)) {
                String template = step.template() + suffix;
                if (!templateExists.test(template)) {
                    int line = lineMatching(text, "template:\\s*\"?" + Pattern.quote(step.template()) + "\"?[ \t]*$");
                    throw new PolicyException(file, line, "template " + template + " does not exist", null);
                }
            }
        }
    }

    private static @Nullable String messageOf(JsonProcessingException e) {
        return e instanceof ValueInstantiationException && e.getCause() != null
                ? e.getCause().getMessage()
                : e.getOriginalMessage();
    }

    /** A value that its constructor refused is reported where the object ends; our messages begin with the field's name. */
    private static int betterLine(JsonProcessingException e, String text, int line) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            int found = lineMatching(text, "^[\\s-]*" + Pattern.quote(unknown.getPropertyName()) + ":");
            return found > 0 ? found : line;
        }
        if (!(e instanceof ValueInstantiationException) || e.getCause() == null) {
            return line;
        }
        String message = String.valueOf(e.getCause().getMessage());
        String[] lines = text.split("\n", -1);
        for (int i = Math.min(line, lines.length) - 1; i >= 0; i--) {
            if (startsWithFieldOf(message, lines[i])) {
                return i + 1;
            }
        }
        return line;
    }

    private static int lineOf(String text, String message) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (startsWithFieldOf(message, lines[i])) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean startsWithFieldOf(String message, String line) {
        int colon = message.indexOf(':');
        return colon > 0 && line.strip().replaceFirst("^- ", "").startsWith(message.substring(0, colon) + ":");
    }

    private static int lineMatching(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        return matcher.find() ? lineAt(text, matcher.end()) : 0;
    }

    private static int lineAt(String text, int position) {
        return (int) text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    }

    /** What stands in a file. */
    private record CampaignFile(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) int version,
            @Nullable String description,
            @Nullable String series,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) Trigger trigger,
            @JsonProperty(required = true) Set<Segment> segments,
            @Nullable Set<Product> products,
            @JsonProperty(required = true) Set<Role> audience,
            @JsonProperty(required = true) Duration horizon,
            @JsonProperty(required = true) Campaign.JoinUntil joinUntil,
            @JsonProperty(required = true) Set<Stage> stopOn,
            @Nullable Duration coolDown,
            @JsonProperty(required = true) int priority,
            @JsonProperty(required = true) String cap,
            @Nullable Approval approval,
            @JsonProperty(required = true) List<Step> steps) {
        Campaign campaign() {
            return new Campaign(
                    id,
                    version,
                    series == null ? id : series,
                    Kind.of(kind),
                    trigger,
                    segments,
                    products == null ? Set.of() : products,
                    audience,
                    horizon,
                    joinUntil,
                    stopOn,
                    coolDown,
                    priority,
                    CapClass.of(cap),
                    approval == Approval.required,
                    steps);
        }
    }

    /** Named as in files. */
    private enum Approval {
        none,
        required
    }

    /** A kind with its parameter: {@code stage-entered: Onboarding}, {@code quarterly: {first-day: 90, every: P3M}}. */
    private static final class TriggerReader extends JsonDeserializer<Trigger> {
        private static final Map<String, List<String>> PARAMETERS =
                Map.of("quarterly", List.of("first-day", "every"), "month-closed", List.of("after-day"));

        @Override
        public Trigger deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                context.reportInputMismatch(Trigger.class, "trigger: expected a kind with its parameter");
            }
            String kind = parser.nextFieldName();
            parser.nextToken();
            JsonNode parameter = context.readTree(parser);
            try {
                Trigger trigger = Trigger.parse(kind + ":" + text(kind, parameter));
                if (parser.nextToken() != JsonToken.END_OBJECT) {
                    context.reportInputMismatch(Trigger.class, "trigger: more than one (expected: exactly one)");
                }
                return trigger;
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(kind + ": " + parameter, Trigger.class, e.getMessage());
            }
        }

        private static String text(String kind, JsonNode parameter) {
            if (parameter.isArray()) {
                List<String> values = new ArrayList<>();
                parameter.forEach(value -> values.add(value.asText()));
                return String.join(",", values);
            }
            if (!parameter.isObject()) {
                return parameter.asText();
            }
            List<String> names = PARAMETERS.getOrDefault(kind, List.of());
            List<String> given = new ArrayList<>();
            parameter.fieldNames().forEachRemaining(given::add);
            if (!Set.copyOf(given).equals(Set.copyOf(names))) {
                throw new IllegalArgumentException(kind + ": " + String.join(", ", given) + " (expected: "
                        + (names.isEmpty() ? "one value" : String.join(", ", names)) + ")");
            }
            return names.stream().map(name -> parameter.get(name).asText()).collect(Collectors.joining("/"));
        }
    }
}
