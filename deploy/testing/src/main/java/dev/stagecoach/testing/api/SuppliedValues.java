package dev.stagecoach.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stagecoach.testing.api.DocumentedOperation.Parameter;
import dev.stagecoach.testing.api.OpenApiExamples.Documented;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What takes the place of values in a document. */
final class SuppliedValues {
    private final Map<String, Function<Documented, String>> values = new HashMap<>();

    void put(String name, Function<Documented, String> value) {
        values.put(name, value);
    }

    ExampleRun in(ExampleRun run) {
        Map<String, String> replaced = new LinkedHashMap<>();
        Map<Parameter, JsonNode> parameters = new LinkedHashMap<>();
        run.parameters()
                .forEach((parameter, value) ->
                        parameters.put(parameter, valueOf(parameter.name(), run, value, replaced)));
        JsonNode body = body(run, replaced);
        return new ExampleRun(run.operation(), run.name(), parameters, run.mediaType(), body, replaced);
    }

    private @Nullable JsonNode body(ExampleRun run, Map<String, String> replaced) {
        if (!(run.body() instanceof ObjectNode object)) {
            return run.body();
        }
        ObjectNode changed = object.deepCopy();
        object.properties()
                .forEach(
                        field -> changed.set(field.getKey(), valueOf(field.getKey(), run, field.getValue(), replaced)));
        return changed;
    }

    private JsonNode valueOf(String name, ExampleRun run, JsonNode documented, Map<String, String> replaced) {
        Function<Documented, String> value = values.get(name);
        if (value == null) {
            return documented;
        }
        String supplied = value.apply(new Documented(run.operation().id(), run.name(), documented.asText()));
        replaced.put(documented.asText(), supplied);
        return TextNode.valueOf(supplied);
    }
}
