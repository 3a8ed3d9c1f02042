package dev.stagecoach.events;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The published schemas, as other programs use them. */
final class Schemas {
    private static final String SUFFIX = ".schema.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() {}

    /** The wire names of all types that have a schema. */
    static Set<String> wireNames() {
        try (Stream<Path> files = Files.list(resource("schemas"))) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> "stagecoach." + name.substring(0, name.length() - SUFFIX.length()))
                    .collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode schema(EventType type) {
        return schema(type.wireName());
    }

    static JsonNode schema(String wireName) {
        try {
            return JSON.readTree(Files.readString(file(wireName)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode asyncApi() {
        try {
            return new YAMLMapper().readTree(Files.readString(resource("asyncapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the JSON by the type's schema, formats included. */
    static List<String> violations(EventType type, String json) {
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(file(type.wireName())));
            return schema
                    .validate(
                            json,
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                    .stream()
                    .map(Error::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Properties in the JSON that the schema does not name. An object without named properties may hold anything. */
    static List<String> unnamed(JsonNode schema, JsonNode json) {
        List<String> found = new ArrayList<>();
        collectUnnamed(schema, schema, json, "", found);
        return found;
    }

    private static void collectUnnamed(JsonNode root, JsonNode at, JsonNode json, String path, List<String> found) {
        JsonNode schema = resolve(root, at);
        if (json.isArray()) {
            json.forEach(item -> collectUnnamed(root, schema.path("items"), item, path + "[]", found));
        }
        if (!json.isObject() || !schema.has("properties")) {
            return;
        }
        json.properties().forEach(property -> {
            String name = path + "." + property.getKey();
            JsonNode named = schema.path("properties").path(property.getKey());
            if (named.isMissingNode()) {
                found.add(name);
            } else {
                collectUnnamed(root, named, property.getValue(), name, found);
            }
        });
    }

    /** The schema itself, or the one of its own definitions that it refers to. */
    static JsonNode resolve(JsonNode root, JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : root.at(reference.substring(1));
    }

    private static Path file(String wireName) {
        return resource("schemas/" + wireName.substring("stagecoach.".length()) + SUFFIX);
    }

    private static Path resource(String name) {
        try {
            return Path.of(EventCodec.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
