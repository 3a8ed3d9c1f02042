package dev.stagecoach.testing.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Sends every example of a document to the running service, in the document's order, and holds the answer against what the document
 * says: status, media type, headers, body. An example of an error is answered with that error, word for word. Where an operation
 * needs credentials, its first example is sent without them too.
 *
 * <pre>{@code
 * assertThat(OpenApiExamples.of(document, address)
 *                 .bearer("bearer", "test")
 *                 .value("message", documented -> idOfAMailThatIs(documented.example()))
 *                 .failures())
 *         .isEmpty();
 * }</pre>
 *
 * <p>What must be there for the examples, the test prepares; what only the running service knows, such as ids, it supplies.
 */
public final class OpenApiExamples {
    private static final int UNAUTHORIZED = 401;

    private final OpenApiDocument document;
    private final ExampleCaller caller;
    private final AnswerRules rules;
    private final Map<String, String> credentials = new HashMap<>();
    private final Set<String> anonymous = new HashSet<>();
    private final SuppliedValues supplied = new SuppliedValues();

    private OpenApiExamples(OpenApiDocument document, URI service) {
        this.document = document;
        this.caller = new ExampleCaller(service);
        this.rules = new AnswerRules(document);
    }

    public static OpenApiExamples of(OpenApiDocument document, URI service) {
        return new OpenApiExamples(document, service);
    }

    /** The token of a security scheme of type {@code http}, {@code bearer}. */
    public OpenApiExamples bearer(String scheme, String token) {
        credentials.put(scheme, "Bearer " + token);
        return this;
    }

    /** The user name of a security scheme of type {@code http}, {@code basic}; the password is empty. */
    public OpenApiExamples basic(String scheme, String user) {
        byte[] pair = (user + ":").getBytes(StandardCharsets.UTF_8);
        credentials.put(scheme, "Basic " + Base64.getEncoder().encodeToString(pair));
        return this;
    }

    /** An example that is sent without credentials, since it has them in its body. */
    public OpenApiExamples anonymous(String example) {
        anonymous.add(example);
        return this;
    }

    /**
     * The value, in each request, of a parameter or of a field of the body, in place of the document's.
     *
     * @param name of the parameter or field
     * @param value asked for right before the example is sent
     */
    public OpenApiExamples value(String name, Function<Documented, String> value) {
        supplied.put(name, value);
        return this;
    }

    /**
     * A parameter or field as the document has it.
     *
     * @param operation the id of the operation
     * @param example the name of the example
     */
    public record Documented(String operation, String example, String value) {}

    /** What was answered otherwise than the document says. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (DocumentedOperation operation : document.operations()) {
            List<ExampleRun> runs = ExampleRun.of(operation);
            runs.forEach(run -> failures.addAll(failuresOf(run)));
            if (operation.answers().containsKey(UNAUTHORIZED)) {
                failures.addAll(failuresWithoutCredentials(runs));
            }
        }
        return failures;
    }

    private List<String> failuresOf(ExampleRun run) {
        ExampleRun request = supplied.in(run);
        ExampleAnswer answer = caller.send(request, authorization(run));
        return rules.violations(request, answer, run.expected());
    }

    private List<String> failuresWithoutCredentials(List<ExampleRun> runs) {
        ExampleRun first = runs.stream()
                .filter(run -> !anonymous.contains(run.name()))
                .findFirst()
                .orElseThrow();
        return rules.violations(first, caller.send(supplied.in(first), ""), Set.of(UNAUTHORIZED)).stream()
                .map(failure -> "without credentials: " + failure)
                .toList();
    }

    /** Empty when none is needed. */
    private String authorization(ExampleRun run) {
        List<Set<String>> alternatives = run.operation().security();
        if (alternatives.isEmpty() || anonymous.contains(run.name())) {
            return "";
        }
        return alternatives.stream()
                .filter(schemes -> credentials.keySet().containsAll(schemes))
                .findFirst()
                .map(schemes -> schemes.isEmpty()
                        ? ""
                        : credentials.get(schemes.iterator().next()))
                .orElseThrow(() -> new IllegalStateException(
                        run + " needs one of " + alternatives + " (expected: the test says what the credentials are)"));
    }
}
