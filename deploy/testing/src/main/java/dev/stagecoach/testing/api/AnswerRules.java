package dev.stagecoach.testing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stagecoach.testing.api.DocumentedOperation.Answer;
import dev.stagecoach.testing.api.DocumentedOperation.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether an answer is what the document says. */
final class AnswerRules {
    /** What clients act upon. A header of these is documented or not sent. */
    private static final List<String> HEADERS_WITH_MEANING =
            List.of("Allow", "Content-Disposition", "Link", "Location", "Retry-After", "WWW-Authenticate");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenApiDocument document;
    private final DocumentSchemas schemas;

    AnswerRules(OpenApiDocument document) {
        this.document = document;
        this.schemas = new DocumentSchemas(document);
    }

    /** Each with what was sent and answered. */
    List<String> violations(ExampleRun run, ExampleAnswer answer, Set<Integer> expected) {
        return found(run, answer, expected).stream()
                .map(violation -> run + ": " + violation + "\n    " + answer.request() + "\n    " + answer.status()
                        + " " + answer.body())
                .toList();
    }

    private List<String> found(ExampleRun run, ExampleAnswer answer, Set<Integer> expected) {
        Answer described = run.operation().answers().get(answer.status());
        if (described == null) {
            return List.of("status " + answer.status() + " is not in the document");
        }
        if (!expected.contains(answer.status())) {
            return List.of("status " + answer.status() + " (expected: " + expected + ")");
        }
        List<String> found = new ArrayList<>(headers(described, answer));
        found.addAll(body(run, described, answer));
        return found;
    }

    private List<String> headers(Answer described, ExampleAnswer answer) {
        List<String> found = new ArrayList<>();
        described.json().path("headers").properties().forEach(one -> {
            JsonNode header = document.resolve(one.getValue());
            Optional<String> value = answer.headers().firstValue(one.getKey());
            if (value.isEmpty() && header.path("required").asBoolean()) {
                found.add("header " + one.getKey() + ": missing");
            }
            value.ifPresent(given -> schemas.violations(header.path("schema"), readAs(header.path("schema"), given))
                    .forEach(violation -> found.add("header " + one.getKey() + ": " + violation)));
        });
        for (String name : HEADERS_WITH_MEANING) {
            if (answer.headers().firstValue(name).isPresent()
                    && !described.json().path("headers").has(name)) {
                found.add("header " + name + " is not in the document");
            }
        }
        return found;
    }

    private static JsonNode readAs(JsonNode schema, String value) {
        boolean isNumber = schema.path("type").asText().equals("integer") && value.matches("[0-9]{1,9}");
        return isNumber ? JsonNodeFactory.instance.numberNode(Integer.parseInt(value)) : TextNode.valueOf(value);
    }

    private List<String> body(ExampleRun run, Answer described, ExampleAnswer answer) {
        if (described.contents().isEmpty()) {
            return answer.body().isEmpty() ? List.of() : List.of("a body is not in the document");
        }
        Content content = described.contents().get(answer.mediaType());
        if (content == null) {
            return List.of("media type " + answer.mediaType() + " (expected: "
                    + described.contents().keySet() + ")");
        }
        return answer.isEvents() ? event(content, answer.body()) : value(run, content, answer);
    }

    private List<String> value(ExampleRun run, Content content, ExampleAnswer answer) {
        JsonNode value = answer.isJson() ? json(answer.body()) : TextNode.valueOf(answer.body());
        List<String> found = new ArrayList<>(schemas.violations(content.json().path("schema"), value));
        JsonNode documented = run.documented(answer.status(), answer.mediaType());
        if (answer.status() >= 400 && answer.isJson() && documented != null && !documented.equals(value)) {
            found.add("not the error of the document: " + documented);
        }
        return found;
    }

    /** One event as OpenAPI 3.2 describes them: an object with id, event and data, whose schema is that of its content. */
    private List<String> event(Content content, String lines) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        lines.lines().filter(line -> line.matches("(id|event|data|retry):.*")).forEach(line -> {
            int colon = line.indexOf(':');
            event.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        JsonNode schema = document.resolve(content.json().path("schema"));
        List<String> found = new ArrayList<>(schemas.violations(schema, event));
        JsonNode ofData = schema.path("properties").path("data").path("contentSchema");
        if (found.isEmpty() && !ofData.isMissingNode()) {
            found.addAll(schemas.violations(ofData, json(event.path("data").asText())));
        }
        return found;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf("no JSON: " + e.getOriginalMessage());
        }
    }
}
