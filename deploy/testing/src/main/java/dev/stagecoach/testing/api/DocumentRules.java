package dev.stagecoach.testing.api;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.testing.api.DocumentedOperation.Answer;
import dev.stagecoach.testing.api.DocumentedOperation.Content;
import dev.stagecoach.testing.api.DocumentedOperation.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a document must be for people to work with it, and for its examples to be executed. */
final class DocumentRules {
    /** Answered to any example that is sent without credentials. */
    private static final int UNAUTHORIZED = 401;
    /** Answered to any example that is sent by somebody without the role. */
    private static final int FORBIDDEN = 403;

    private final OpenApiDocument document;
    private final List<String> mistakes = new ArrayList<>();

    DocumentRules(OpenApiDocument document) {
        this.document = document;
    }

    List<String> mistakes() {
        mistakes.addAll(DocumentSchemas.violationsOfOpenApi(document));
        brokenReferences();
        if (mistakes.isEmpty()) {
            DocumentSchemas schemas = new DocumentSchemas(document);
            document.operations().forEach(operation -> {
                checkRequest(operation, schemas);
                checkAnswers(operation, schemas);
            });
            document.webhooks().forEach(webhook -> checkRequest(webhook, schemas));
            operationIds();
            schemas();
            unusedComponents();
        }
        return mistakes;
    }

    private void brokenReferences() {
        document.json().findValues("$ref").forEach(reference -> {
            if (document.json().at(reference.asText().replaceFirst("^#", "")).isMissingNode()) {
                mistakes.add(reference.asText() + ": there is no such place");
            }
        });
    }

    private void checkRequest(DocumentedOperation operation, DocumentSchemas schemas) {
        for (String field : List.of("operationId", "summary", "tags", "responses")) {
            require(operation.json().has(field), operation.title() + ": " + field + ": missing");
        }
        operation.parameters().forEach(parameter -> check(operation, parameter, schemas));
        operation.requestBody().forEach((type, content) -> {
            String at = operation.title() + ": body " + type;
            require(!content.examples().isEmpty(), at + ": has no example");
            require(content.json().has("schema"), at + ": has no schema");
            Set<String> refused = refused(operation);
            content.examples().forEach((name, value) -> {
                if (!refused.contains(name)) {
                    check(at, content.json().path("schema"), name, value, schemas);
                }
            });
        });
    }

    private void checkAnswers(DocumentedOperation operation, DocumentSchemas schemas) {
        Set<String> executed =
                ExampleRun.of(operation).stream().map(ExampleRun::name).collect(toSet());
        operation.answers().forEach((status, answer) -> check(operation, status, answer, executed, schemas));
        require(
                operation.roles().isEmpty() || operation.answers().containsKey(FORBIDDEN),
                operation.title() + ": asks for " + operation.roles() + " and has no answer 403");
    }

    private static boolean isForWantOfARole(DocumentedOperation operation, int status) {
        return status == FORBIDDEN && !operation.roles().isEmpty();
    }

    private void check(DocumentedOperation operation, Parameter parameter, DocumentSchemas schemas) {
        String at = operation.title() + ": " + parameter.in() + " " + parameter.name();
        require(parameter.json().has("description"), at + ": has no description");
        require(!parameter.examples().isEmpty(), at + ": has no example");
        Set<String> refused = refused(operation);
        parameter.examples().forEach((name, value) -> {
            if (!refused.contains(name)) {
                check(at, parameter.json().path("schema"), name, value, schemas);
            }
        });
    }

    private void check(
            DocumentedOperation operation, int status, Answer answer, Set<String> executed, DocumentSchemas schemas) {
        for (Map.Entry<String, Content> content : answer.contents().entrySet()) {
            String at = operation.title() + ": " + status + " " + content.getKey();
            require(content.getValue().json().has("schema"), at + ": has no schema");
            content.getValue().examples().forEach((name, value) -> {
                check(at, content.getValue().json().path("schema"), name, value, schemas);
                require(
                        status == UNAUTHORIZED
                                || isForWantOfARole(operation, status)
                                || executed.contains(name)
                                || executed.equals(Set.of("")),
                        at + ": no request goes with the example " + name + " (expected: one of the same name among "
                                + executed + ")");
            });
        }
        if (status >= 400) {
            require(
                    answer.contents().containsKey("application/problem+json")
                            || answer.contents().containsKey("text/html"),
                    operation.title() + ": " + status + ": is no application/problem+json");
        }
    }

    private void check(String at, JsonNode schema, String name, JsonNode value, DocumentSchemas schemas) {
        schemas.violations(schema, value)
                .forEach(violation -> mistakes.add(at + ": example " + name + ": " + violation));
    }

    /** Examples that show what is refused need not be what the schema asks for. */
    private static Set<String> refused(DocumentedOperation operation) {
        Set<String> refused = new TreeSet<>();
        operation.answers().forEach((status, answer) -> {
            if (status >= 400) {
                refused.addAll(answer.examples());
            }
        });
        return refused;
    }

    private void operationIds() {
        Map<String, String> seen = new LinkedHashMap<>();
        for (DocumentedOperation operation : document.operations()) {
            String before = seen.put(operation.id(), operation.title());
            require(before == null, operation.title() + ": operationId: " + operation.id() + " is that of " + before);
        }
    }

    private void schemas() {
        document.json()
                .path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> undescribed(schema.getValue(), schema.getKey()));
    }

    private void undescribed(JsonNode schema, String at) {
        require(document.resolve(schema).has("description") || schema.has("description"), at + ": has no description");
        for (String keyword : List.of("allOf", "oneOf", "anyOf")) {
            schema.path(keyword).forEach(part -> undescribedProperties(part, at));
        }
        undescribedProperties(schema, at);
    }

    private void undescribedProperties(JsonNode schema, String at) {
        schema.path("properties")
                .properties()
                .forEach(property -> undescribed(property.getValue(), at + "." + property.getKey()));
        if (schema.has("items")) {
            undescribedProperties(schema.path("items"), at + "[]");
        }
    }

    private void unusedComponents() {
        Set<String> used = new HashSet<>();
        document.json().findValuesAsText("$ref").forEach(used::add);
        document.json()
                .path("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> require(
                                kind.getKey().equals("securitySchemes")
                                        || used.contains("#/components/" + kind.getKey() + "/" + name),
                                kind.getKey() + ": " + name + ": nothing refers to it")));
    }

    private void require(boolean holds, String mistake) {
        if (!holds) {
            mistakes.add(mistake);
        }
    }
}
