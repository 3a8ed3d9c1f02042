package dev.stagecoach.testing.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The routes of a service's resource classes. Each is in the document, with its parameters and the role that it asks for, unless its method says {@code
 * @Operation(hidden = true)}: pages for people, say, which promise nothing to programs.
 */
public final class OpenApiRoutes {
    private OpenApiRoutes() {}

    /** What the document says of routes and parameters and the code does not, and what the code says and the document does not. */
    public static List<String> differences(OpenApiDocument document, String rootPackage) {
        return differences(document, ProductionClasses.in(rootPackage));
    }

    static List<String> differences(OpenApiDocument document, List<Class<?>> classes) {
        List<ResourceMethod> methods = ResourceMethod.allIn(classes);
        Set<ResourceMethod> missing = new LinkedHashSet<>(methods);
        missing.removeIf(ResourceMethod::isHidden);
        List<String> differences = new ArrayList<>();
        for (DocumentedOperation operation : document.operations()) {
            Optional<ResourceMethod> serving = serving(methods, operation);
            differences.addAll(serving.map(method -> differences(operation, method))
                    .orElse(List.of(operation.title() + ": no method serves it")));
            serving.ifPresent(missing::remove);
        }
        missing.forEach(method -> differences.add(method + ": not in the document"));
        return differences;
    }

    /** Of several that could, the one with the most of its path given, as JAX-RS chooses. */
    private static Optional<ResourceMethod> serving(List<ResourceMethod> methods, DocumentedOperation operation) {
        return methods.stream()
                .filter(method -> method.serves(operation))
                .max(Comparator.comparing(ResourceMethod::givenCharacters));
    }

    private static List<String> differences(DocumentedOperation operation, ResourceMethod method) {
        Set<String> described = new TreeSet<>();
        operation.parameters().stream()
                .filter(parameter ->
                        parameter.in().equals("query") || parameter.in().equals("header"))
                .forEach(parameter -> described.add(parameter.in() + " " + parameter.name()));
        List<String> differences = new ArrayList<>();
        Set<String> taken = method.parameters();
        if (!described.equals(taken)) {
            differences.add(operation.title() + ": the document has " + described + ", " + method + " takes " + taken);
        }
        if (!operation.roles().equals(method.roles())) {
            differences.add(operation.title() + ": the document asks for the roles " + operation.roles() + ", " + method
                    + " for " + method.roles());
        }
        return differences;
    }
}
