package dev.stagecoach.testing.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An OpenAPI document. */
public final class OpenApiDocument {
    private static final String FILE = "META-INF/openapi.yaml";
    private static final List<String> METHODS = List.of("put", "post", "get", "patch", "delete", "head", "options");

    private static final Pattern DAY = Pattern.compile("\\b(\\d{4})(-\\d{2}-\\d{2})");

    private final JsonNode root;

    private OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    /** The document of the service that is tested, as it is kept beside its code. */
    public static OpenApiDocument ofService() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(FILE), FILE)) {
            return ofYaml(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document that a running service hands out. */
    public static OpenApiDocument servedBy(URI service) {
        URI address = service.resolve("/q/openapi?format=json");
        try {
            String json = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return new OpenApiDocument(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(address.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(address + " was not read", e);
        }
    }

    static OpenApiDocument ofYaml(String yaml) {
        try {
            return new OpenApiDocument(new YAMLMapper().readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no YAML: " + e.getMessage(), e);
        }
    }

    /**
     * What is wrong with it: no valid OpenAPI 3.1, something without a description, an example that is none of its schema or that
     * nothing executes, a component that nothing uses.
     */
    public List<String> mistakes() {
        return new DocumentRules(this).mistakes();
    }

    /**
     * The same with every day in it so many years later, or earlier when negative: for a service in which time has gone on since
     * the day that the examples take for today.
     */
    public OpenApiDocument yearsLater(int years) {
        String later =
                DAY.matcher(root.toString()).replaceAll(day -> Integer.parseInt(day.group(1)) + years + day.group(2));
        return ofYaml(later);
    }

    /** What is wrong with a value by one of the schemas; nothing when it is as described. */
    public List<String> violations(String schema, JsonNode value) {
        return new DocumentSchemas(this).violations(schema(schema), value);
    }

    /** All of it, for comparison with another one. */
    public JsonNode json() {
        return root;
    }

    /** A node itself, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        JsonNode at = node;
        while (at.path("$ref").isTextual()) {
            at = target(at.path("$ref").textValue());
        }
        return at;
    }

    private JsonNode target(String reference) {
        JsonNode target = reference.startsWith("#") ? root.at(reference.substring(1)) : root.path("");
        if (target.isMissingNode()) {
            throw new IllegalArgumentException(reference + ": there is no such place in the document");
        }
        return target;
    }

    /** The schema's name among the components when it is a reference to one of them, else empty. */
    static String componentOf(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        String components = "#/components/schemas/";
        return reference.startsWith(components) ? reference.substring(components.length()) : "";
    }

    JsonNode schema(String component) {
        return root.path("components").path("schemas").path(component);
    }

    /** In the order of the paths; of one path those that tell before those that ask, and those that take back last. */
    /** What can be asked, as {@code PUT /v1/accounts/{account}}. */
    public Set<String> titles() {
        return operations().stream().map(DocumentedOperation::title).collect(Collectors.toCollection(TreeSet::new));
    }

    List<DocumentedOperation> operations() {
        return operations("paths");
    }

    /** What the service calls by itself; each has the name of the webhook instead of a path. */
    List<DocumentedOperation> webhooks() {
        return operations("webhooks");
    }

    private List<DocumentedOperation> operations(String section) {
        List<DocumentedOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path(section).properties()) {
            for (String method : METHODS) {
                if (path.getValue().has(method)) {
                    operations.add(operation(section, path.getKey(), method));
                }
            }
        }
        return operations;
    }

    private DocumentedOperation operation(String section, String path, String method) {
        JsonPointer place =
                JsonPointer.empty().appendProperty(section).appendProperty(path).appendProperty(method);
        return new DocumentedOperation(this, path, method, place, root.at(place));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenApiDocument document && document.root.equals(root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }
}
