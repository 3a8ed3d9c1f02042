package dev.stagecoach.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that a service answers.
 *
 * @param path with the names of its parameters in braces
 * @param mediaType of what it takes
 */
record Route(String method, String path, String mediaType) {

    /** All routes of the classes of a service. */
    static List<Route> of(String rootPackage) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackage).stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .flatMap(Route::routes)
                        .sorted(Comparator.comparing(Route::toString))
                        .toList();
    }

    private static Stream<Route> routes(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).stream()
                        .map(verb -> new Route(
                                verb, path(path(resource), path(method)), mediaType(method, resource))));
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String path(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Path.class))
                .map(Path::value)
                .orElse("");
    }

    /** Without the patterns of parameters. */
    private static String path(String ofClass, String ofMethod) {
        String path = ("/" + ofClass + "/" + ofMethod).replaceAll("/+", "/").replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String mediaType(Method method, Class<?> resource) {
        return Stream.of(method, resource)
                .map(element -> element.getAnnotation(Consumes.class))
                .flatMap(Stream::ofNullable)
                .map(consumes -> consumes.value()[0])
                .findFirst()
                .orElse("application/json");
    }

    /** For somebody who asks for what is not there. */
    String address() {
        return path.replaceAll("\\{\\w+}", "nowhere");
    }

    @Override
    public String toString() {
        return path + " " + method;
    }
}
