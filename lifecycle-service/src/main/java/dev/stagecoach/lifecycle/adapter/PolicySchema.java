package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The JSON Schema of a policy file. Its mistakes are said in the words of the schema: what it allows at the place, and the
 * description there.
 */
final class PolicySchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;
    private final Schema schema;

    private PolicySchema(JsonNode root) {
        this.root = root;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root.toString());
    }

    /** The schema of the policy file of a name, {@code stages} for instance. */
    static PolicySchema of(String name) {
        String resource = "/policy/schema/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(PolicySchema.class.getResourceAsStream(resource), resource)) {
            return new PolicySchema(JSON.readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    /** What is wrong, by the JSON Pointer of the key that it is wrong with; one mistake for each. */
    Map<String, String> mistakes(JsonNode given) {
        Map<String, String> mistakes = new LinkedHashMap<>();
        for (Error error : schema.validate(given.toString(), InputFormat.JSON)) {
            String at = error.getInstanceLocation().toString();
            String pointer = error.getProperty() == null ? at : at + "/" + error.getProperty();
            mistakes.putIfAbsent(pointer, key(pointer) + text(error, given.at(pointer)));
        }
        return mistakes;
    }

    /** A key as people write it: {@code segments.digital.renewingDays}. */
    static String key(String pointer) {
        return pointer.isEmpty() ? "the file" : pointer.substring(1).replace('/', '.');
    }

    private String text(Error error, JsonNode value) {
        JsonNode place = root.at(
                JsonPointer.compile(error.getSchemaLocation().getFragment().toString())
                        .head());
        return switch (error.getKeyword()) {
            case "required" ->
                ": missing (expected: " + expected(place.path("properties").path(error.getProperty())) + ")";
            case "additionalProperties" -> ": " + value + ": there is no such key (expected: " + keys(place) + ")";
            default -> ": " + value + " (expected: " + expected(place) + ")";
        };
    }

    private static String keys(JsonNode place) {
        List<String> keys = new ArrayList<>();
        place.path("properties").fieldNames().forEachRemaining(keys::add);
        return String.join(", ", keys);
    }

    private String expected(JsonNode reference) {
        JsonNode place =
                reference.has("$ref") ? root.at(reference.get("$ref").asText().substring(1)) : reference;
        List<String> bounds = new ArrayList<>();
        bound(place, "minimum", ">=", bounds);
        bound(place, "exclusiveMinimum", ">", bounds);
        bound(place, "exclusiveMaximum", "<", bounds);
        bound(place, "maximum", "<=", bounds);
        String range = bounds.isEmpty() ? "" : " " + String.join(" and ", bounds);
        String description = place.path("description").asText("");
        return kind(place) + range + (description.isEmpty() ? "" : "; " + description);
    }

    private static String kind(JsonNode place) {
        if (place.has("enum")) {
            List<String> values = new ArrayList<>();
            place.get("enum").forEach(value -> values.add(value.asText()));
            return "one of " + String.join(", ", values);
        }
        return switch (place.path("type").asText("")) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "object" -> "keys with values: " + keys(place);
            case "array" -> "a list";
            case "string" -> "a text";
            default -> "what the schema " + place + " allows";
        };
    }

    private static void bound(JsonNode place, String keyword, String sign, List<String> bounds) {
        if (place.has(keyword)) {
            bounds.add(sign + " " + place.get(keyword).asText());
        }
    }
}
