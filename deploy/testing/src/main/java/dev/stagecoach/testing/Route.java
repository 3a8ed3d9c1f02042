package dev.stagecoach.testing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
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

    /** Tests run in the directory of their module. */
    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target/classes");

    private static final String SUFFIX = ".class";

    /** All routes of the classes of this module in a package or below. */
    static List<Route> of(String rootPackage) {
        try (Stream<java.nio.file.Path> files =
                Files.walk(CLASSES.resolve(rootPackage.replace('.', File.separatorChar)))) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .map(file -> load(file.replace(File.separatorChar, '.')))
                    // An interface is what the service asks of others.
                    .filter(type -> type.isAnnotationPresent(Path.class) && !type.isInterface())
                    .flatMap(Route::routes)
                    .sorted(Comparator.comparing(Route::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is not on the class path", e);
        }
    }

    private static Stream<Route> routes(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).stream()
                        .map(verb -> new Route(verb, path(path(resource), path(method)), mediaType(method, resource))));
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
