package dev.stagecoach.testing.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a document.
 *
 * @param place where it stands there
 */
record DocumentedOperation(OpenApiDocument document, String path, String method, JsonPointer place, JsonNode json) {
    String id() {
        return json.path("operationId").asText(method + " " + path);
    }

    /** {@code PUT /v1/accounts/{account}}. */
    String title() {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    /** Those of the path and its own. */
    List<Parameter> parameters() {
        JsonNode ofPath = document.json().at(place.head()).path("parameters");
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (JsonNode list : List.of(ofPath, json.path("parameters"))) {
            list.forEach(one -> {
                Parameter parameter = new Parameter(document, document.resolve(one));
                parameters.put(parameter.in() + " " + parameter.name(), parameter);
            });
        }
        return List.copyOf(parameters.values());
    }

    /** What can be sent, by media type. */
    Map<String, Content> requestBody() {
        return contents(document.resolve(json.path("requestBody")));
    }

    /** By status. */
    Map<Integer, Answer> answers() {
        Map<Integer, Answer> answers = new LinkedHashMap<>();
        json.path("responses").properties().forEach(answer -> {
            JsonNode described = document.resolve(answer.getValue());
            answers.put(Integer.valueOf(answer.getKey()), new Answer(described, contents(described)));
        });
        return answers;
    }

    /** Each of them opens the door. One without a scheme says that no credentials are needed. */
    List<Set<String>> security() {
        JsonNode requirements =
                json.has("security") ? json.path("security") : document.json().path("security");
        List<Set<String>> alternatives = new ArrayList<>();
        requirements.forEach(one -> {
            Set<String> schemes = new TreeSet<>();
            one.fieldNames().forEachRemaining(schemes::add);
            alternatives.add(schemes);
        });
        return alternatives;
    }

    /** Those that open the door, whichever credentials they come with; none where anybody with credentials may. */
    Set<String> roles() {
        JsonNode requirements =
                json.has("security") ? json.path("security") : document.json().path("security");
        Set<String> roles = new TreeSet<>();
        requirements.forEach(one -> one.forEach(scheme -> scheme.forEach(role -> roles.add(role.asText()))));
        return roles;
    }

    private Map<String, Content> contents(JsonNode described) {
        Map<String, Content> contents = new LinkedHashMap<>();
        described
                .path("content")
                .properties()
                .forEach(one -> contents.put(one.getKey(), new Content(document, one.getValue())));
        return contents;
    }

    /** A parameter. */
    record Parameter(OpenApiDocument document, JsonNode json) {
        String name() {
            return json.path("name").asText();
        }

        String in() {
            return json.path("in").asText();
        }

        boolean isRequired() {
            return json.path("required").asBoolean();
        }

        /** By name; a single one goes by the name of the parameter. */
        Map<String, JsonNode> examples() {
            return json.has("example") ? Map.of(name(), json.path("example")) : namedExamples(document, json);
        }

        /** Its value in an example of the operation; null when it has none there. */
        @Nullable JsonNode valueIn(String example) {
            Map<String, JsonNode> values = examples();
            JsonNode value = values.get(example);
            return value != null || !isRequired() || values.isEmpty()
                    ? value
                    : values.values().iterator().next();
        }
    }

    /** What is sent or answered in one media type. */
    record Content(OpenApiDocument document, JsonNode json) {
        Map<String, JsonNode> examples() {
            return namedExamples(document, json);
        }
    }

    /** What is answered with one status. */
    record Answer(JsonNode json, Map<String, Content> contents) {
        Set<String> examples() {
            Set<String> names = new TreeSet<>();
            contents.values().forEach(content -> names.addAll(content.examples().keySet()));
            return names;
        }
    }

    private static Map<String, JsonNode> namedExamples(OpenApiDocument document, JsonNode place) {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        place.path("examples")
                .properties()
                .forEach(one -> examples.put(
                        one.getKey(), document.resolve(one.getValue()).path("value")));
        return examples;
    }
}
