package dev.stagecoach.testing.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * A method that serves requests.
 *
 * @param template its path as the code has it
 */
record ResourceMethod(Method method, String verb, String template) {
    private static final Pattern VARIABLE = Pattern.compile("\\{[^:{}]+(?::\\s*([^{}]+))?}");

    /**
     * Those of these classes. An interface is what a service asks of others.
     *
     * @throws IllegalArgumentException when there are none
     */
    static List<ResourceMethod> allIn(List<Class<?>> classes) {
        List<ResourceMethod> methods = classes.stream()
                .filter(type -> !type.isInterface())
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .flatMap(method -> of(method).stream())
                .sorted(Comparator.comparing(ResourceMethod::route))
                .toList();
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("no resource classes among " + classes.size() + " classes");
        }
        return methods;
    }

    /** Empty when it serves none. */
    static Optional<ResourceMethod> of(Method method) {
        return Stream.of(method.getAnnotations())
                .flatMap(annotation ->
                        Optional.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)).stream())
                .findFirst()
                .map(verb -> new ResourceMethod(method, verb.value().toLowerCase(Locale.ROOT), pathOf(method)));
    }

    private static String pathOf(Method method) {
        String path = "/" + valueOf(method.getDeclaringClass().getAnnotation(Path.class)) + "/"
                + valueOf(method.getAnnotation(Path.class));
        return path.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }

    /** {@code /v1/accounts/{account} PUT}, without the patterns of variables. */
    String route() {
        return template.replaceAll("\\{(\\w+)\\s*:[^{}]*}", "{$1}") + " " + httpMethod();
    }

    String httpMethod() {
        return verb.toUpperCase(Locale.ROOT);
    }

    /** For somebody who asks for what is not there. */
    String addressOfNothing() {
        return VARIABLE.matcher(template).replaceAll("nowhere");
    }

    /** What it takes. */
    String mediaType() {
        return annotations(Consumes.class)
                .map(consumes -> consumes.value()[0])
                .findFirst()
                .orElse("application/json");
    }

    private <A extends Annotation> Stream<A> annotations(Class<A> type) {
        return Stream.of(method, method.getDeclaringClass())
                .flatMap(element -> Stream.ofNullable(element.getAnnotation(type)));
    }

    private Pattern pattern() {
        StringBuilder pattern = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        int end = 0;
        while (variable.find()) {
            String allowed =
                    variable.group(1) == null ? "[^/]+" : variable.group(1).strip();
            pattern.append(Pattern.quote(template.substring(end, variable.start())))
                    .append("(?:")
                    .append(allowed)
                    .append("|\\{[^/{}]+})");
            end = variable.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(template.substring(end))).toString());
    }

    private static String valueOf(@Nullable Path path) {
        return path == null ? "" : path.value();
    }

    boolean serves(DocumentedOperation operation) {
        return operation.method().equals(verb)
                && pattern().matcher(operation.path()).matches();
    }

    /** How many characters of the path are not up to the caller. */
    int givenCharacters() {
        return VARIABLE.matcher(template).replaceAll("").length();
    }

    boolean isHidden() {
        Operation operation = method.getAnnotation(Operation.class);
        return operation != null && operation.hidden();
    }

    /** Those that may call it; none where it does not ask. */
    Set<String> roles() {
        return annotations(RolesAllowed.class)
                .findFirst()
                .map(allowed -> Set.of(allowed.value()))
                .orElse(Set.of());
    }

    /** Those of the query and headers, without the credentials, which are a matter of security schemes. */
    Set<String> parameters() {
        Set<String> parameters = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            for (Annotation annotation : parameter.getAnnotations()) {
                if (annotation instanceof QueryParam query) {
                    parameters.add("query " + query.value());
                } else if (annotation instanceof RestQuery query) {
                    parameters.add("query " + (query.value().isEmpty() ? parameter.getName() : query.value()));
                } else if (annotation instanceof HeaderParam header
                        && !header.value().equals("Authorization")) {
                    parameters.add("header " + header.value());
                }
            }
        }
        return parameters;
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + " (" + httpMethod() + " "
                + template + ")";
    }
}
