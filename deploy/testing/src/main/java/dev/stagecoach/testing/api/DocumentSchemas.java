package dev.stagecoach.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The schemas of a document, to check values by. Stricter than for readers, who ignore what they do not know: an object has no
 * property that its schema does not name.
 */
final class DocumentSchemas {
    /** The official schemas of OpenAPI documents, which Vert.x has in its jar. */
    private static final SchemaRegistry OFFICIAL = SchemaRegistry.withDialects(
            List.of(Dialects.getOpenApi31(), Dialects.getDraft202012()),
            registry -> registry.schemaIdResolvers(
                    ids -> ids.mapPrefix("https://spec.openapis.org/oas/", "classpath:spec.openapis.org/oas/")));

    private static final SchemaLocation DOCUMENT =
            SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema/2022-10-07");

    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi31());
    private final JsonNode closedComponents;

    DocumentSchemas(OpenApiDocument document) {
        closedComponents = closedComponents(document);
    }

    /** What makes a document none of OpenAPI 3.1. */
    static List<String> violationsOfOpenApi(OpenApiDocument document) {
        return violations(OFFICIAL.getSchema(DOCUMENT), document.json());
    }

    /** What is wrong with a value by a schema of the document. */
    List<String> violations(JsonNode schema, JsonNode value) {
        ObjectNode whole = closed(schema).set("components", closedComponents);
        return violations(registry.getSchema(whole.toString(), InputFormat.JSON), value);
    }

    private static List<String> violations(Schema schema, JsonNode value) {
        return schema
                .validate(
                        value.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .distinct()
                .toList();
    }

    /** The components, each closed unless it is part of another one, which may have properties of its own. */
    private static JsonNode closedComponents(OpenApiDocument document) {
        Set<String> parts = new HashSet<>();
        document.json()
                .findValues("allOf")
                .forEach(all -> all.forEach(part -> parts.add(OpenApiDocument.componentOf(part))));
        ObjectNode schemas = document.json().<ObjectNode>deepCopy().withObject("/components/schemas");
        schemas.properties().forEach(schema -> close(schema.getValue(), parts.contains(schema.getKey())));
        return schemas.objectNode().set("schemas", schemas);
    }

    private static ObjectNode closed(JsonNode schema) {
        ObjectNode copy = schema.deepCopy();
        close(copy, false);
        return copy;
    }

    private static void close(JsonNode schema, boolean isPart) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        boolean hasNames = object.has("properties") || object.has("allOf");
        if (hasNames && !isPart && !object.has("additionalProperties")) {
            object.put("unevaluatedProperties", false);
        }
        object.path("properties").forEach(property -> close(property, false));
        object.path("allOf").forEach(part -> close(part, true));
        for (String keyword : List.of("items", "additionalProperties", "contentSchema")) {
            close(object.path(keyword), false);
        }
        for (String keyword : List.of("oneOf", "anyOf")) {
            object.path(keyword).forEach(alternative -> close(alternative, false));
        }
    }
}
