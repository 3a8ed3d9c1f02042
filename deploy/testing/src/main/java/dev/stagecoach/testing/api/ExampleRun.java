package dev.stagecoach.testing.api;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.testing.api.DocumentedOperation.Answer;
import dev.stagecoach.testing.api.DocumentedOperation.Content;
import dev.stagecoach.testing.api.DocumentedOperation.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to use an operation: the examples of one name among its parameters and bodies make a request, and the answer that has an
 * example of that name is what comes of it. Where a request has no value of that name for what is required, it takes the first one.
 *
 * @param name empty for the request without anything that can be left out, where nothing else names it
 * @param mediaType of the body; null when there is none
 * @param replaced what is sent in place of what the document has, by the latter
 */
record ExampleRun(
        DocumentedOperation operation,
        String name,
        Map<Parameter, JsonNode> parameters,
        @Nullable String mediaType,
        @Nullable JsonNode body,
        Map<String, String> replaced) {
    /** All of them in the order in which the document names them: those of bodies, then those of parameters. */
    static List<ExampleRun> of(DocumentedOperation operation) {
        Map<String, String> mediaTypes = new LinkedHashMap<>();
        operation
                .requestBody()
                .forEach((type, content) -> content.examples().keySet().forEach(name -> mediaTypes.put(name, type)));
        Set<String> names = new LinkedHashSet<>(mediaTypes.keySet());
        if (names.isEmpty()) {
            names.addAll(namesWithoutBody(operation));
        }
        operation.parameters().forEach(parameter -> names.addAll(namesIn(parameter)));
        List<ExampleRun> runs = new ArrayList<>();
        for (String name : names) {
            String type = mediaTypes.getOrDefault(
                    name, mediaTypes.values().stream().findFirst().orElse(null));
            runs.add(new ExampleRun(
                    operation, name, parametersIn(operation, name), type, bodyIn(operation, type, name), Map.of()));
        }
        return runs;
    }

    /** The first value of what is required in the address names the request, if it has a name; else it has none. */
    private static Set<String> namesWithoutBody(DocumentedOperation operation) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.isRequired() && parameter.json().has("examples"))
                .findFirst()
                .map(parameter -> parameter.examples().keySet())
                .orElse(Set.of(""));
    }

    /** The first value of something required goes into every request, and makes none of its own. */
    private static Set<String> namesIn(Parameter parameter) {
        return parameter.examples().keySet().stream()
                .skip(parameter.isRequired() ? 1 : 0)
                .collect(toCollection(LinkedHashSet::new));
    }

    private static Map<Parameter, JsonNode> parametersIn(DocumentedOperation operation, String name) {
        Map<Parameter, JsonNode> parameters = new LinkedHashMap<>();
        operation.parameters().forEach(parameter -> {
            JsonNode value = parameter.valueIn(name);
            if (value != null) {
                parameters.put(parameter, value);
            }
        });
        return parameters;
    }

    private static @Nullable JsonNode bodyIn(DocumentedOperation operation, @Nullable String type, String name) {
        if (type == null) {
            return null;
        }
        Map<String, JsonNode> examples =
                Objects.requireNonNull(operation.requestBody().get(type)).examples();
        return examples.getOrDefault(name, examples.values().iterator().next());
    }

    /** The statuses that may come of it: of the answer with an example of the same name, else those of success. */
    Set<Integer> expected() {
        Set<Integer> named = new LinkedHashSet<>();
        Set<Integer> successes = new LinkedHashSet<>();
        operation.answers().forEach((status, answer) -> {
            if (answer.examples().contains(name)) {
                named.add(status);
            }
            if (status < 300) {
                successes.add(status);
            }
        });
        return named.isEmpty() ? successes : named;
    }

    /** What the document says will be answered with a status, when it says so: by its name, or as the only such answer. */
    @Nullable JsonNode documented(int status, String type) {
        Answer answer = operation.answers().get(status);
        Content content = answer == null ? null : answer.contents().get(type);
        Map<String, JsonNode> examples = content == null ? Map.of() : content.examples();
        JsonNode documented =
                examples.size() == 1 ? examples.values().iterator().next() : examples.get(name);
        return documented == null ? null : withReplaced(documented);
    }

    private JsonNode withReplaced(JsonNode documented) {
        if (!(documented instanceof ObjectNode object)) {
            return documented;
        }
        ObjectNode changed = object.deepCopy();
        object.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                changed.put(field.getKey(), withReplaced(field.getValue().textValue()));
            }
        });
        return changed;
    }

    private String withReplaced(String documented) {
        String changed = documented;
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            changed = changed.replace(one.getKey(), one.getValue());
        }
        return changed;
    }

    @Override
    public String toString() {
        return operation.title() + (name.isEmpty() ? "" : " \"" + name + "\"");
    }
}
