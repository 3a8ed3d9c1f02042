package dev.stagecoach.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The classes that a service reads and writes as the schemas of its document. A schema goes by the simple name of its class, unless
 * the test says otherwise. What is answered has the properties that the class is written with, of these types; those that can be
 * null, or left out, and no others, are described so. Of what is only sent to the service, the names and the types count: what must
 * be there, its code checks by itself.
 */
public final class OpenApiRecords {
    private final ObjectMapper mapper;
    private final String rootPackage;
    private final Map<String, Class<?>> named = new HashMap<>();
    private final Set<String> without = new HashSet<>();

    private OpenApiRecords(ObjectMapper mapper, String rootPackage) {
        this.mapper = mapper;
        this.rootPackage = rootPackage;
    }

    /**
     * For a service.
     *
     * @param mapper by which it writes
     */
    public static OpenApiRecords of(ObjectMapper mapper, String rootPackage) {
        return new OpenApiRecords(mapper, rootPackage);
    }

    /** A schema whose name is not that of its class. */
    public OpenApiRecords named(String schema, Class<?> type) {
        named.put(schema, type);
        return this;
    }

    /** A schema that is the form of no class: what is in JSON that is stored or passed on as it came. */
    public OpenApiRecords without(String... schemas) {
        without.addAll(List.of(schemas));
        return this;
    }

    public List<String> differences(OpenApiDocument document) {
        Map<String, List<Class<?>>> candidates = candidates();
        Map<String, Class<?>> types = new TreeMap<>(named);
        List<String> differences = new ArrayList<>();
        document.json().path("components").path("schemas").fieldNames().forEachRemaining(schema -> {
            List<Class<?>> found = candidates.getOrDefault(schema, List.of());
            if (without.contains(schema) || types.containsKey(schema)) {
                return;
            }
            if (found.size() == 1) {
                types.put(schema, found.get(0));
            } else {
                differences.add(
                        schema + ": the name of " + found + " (expected: of one class; else the test says which)");
            }
        });
        Stream.concat(named.keySet().stream(), without.stream())
                .filter(schema -> document.schema(schema).isMissingNode())
                .forEach(schema -> differences.add(schema + ": the test names it, and the document does not have it"));
        RecordComparison comparison = new RecordComparison(document, mapper, types, answered(document));
        types.keySet().forEach(schema -> differences.addAll(comparison.differences(schema)));
        return differences;
    }

    private Map<String, List<Class<?>>> candidates() {
        Map<String, List<Class<?>>> candidates = new HashMap<>();
        ProductionClasses.in(rootPackage, "dev.stagecoach.events")
                .forEach(type -> candidates
                        .computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                        .add(type));
        return candidates;
    }

    /** The schemas that something in an answer has. */
    private static Set<String> answered(OpenApiDocument document) {
        Set<String> found = new TreeSet<>();
        document.operations()
                .forEach(operation -> operation
                        .answers()
                        .values()
                        .forEach(answer -> answer.contents()
                                .values()
                                .forEach(content ->
                                        collect(document, content.json().path("schema"), found))));
        return found;
    }

    private static void collect(OpenApiDocument document, JsonNode schema, Set<String> found) {
        List<String> references = new ArrayList<>(schema.findValuesAsText("$ref"));
        for (String reference : references) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (found.add(name)) {
                collect(document, document.schema(name), found);
            }
        }
    }
}
