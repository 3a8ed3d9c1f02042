package dev.stagecoach.testing.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/**
 * Which role each route of a service asks for, one a line: method, path, role, or {@code public} for none. A route that is not
 * there fails the check, and so does one that lets anybody else in, or keeps anybody out.
 */
public record AccessTable(Map<String, String> roles) {
    /** Each may what those before it may. */
    private static final List<String> LADDER = List.of("nobody", "viewer", "success", "operator");

    private static final String PUBLIC = "public";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int ERROR = 400;
    private static final int FAILURE = 500;

    /** Reads a table; empty lines are passed over. */
    public static AccessTable parse(String table) {
        Map<String, String> roles = new HashMap<>();
        table.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] cells = line.split("\\s+", -1);
            roles.put(cells[1] + " " + cells[0], cells[2]);
        });
        return new AccessTable(Map.copyOf(roles));
    }

    /**
     * Asks for everything as everybody.
     *
     * @param service that runs
     * @param as the headers of nobody, a viewer, somebody with role success and an operator
     */
    public void check(URI service, String rootPackage, Function<String, Map<String, String>> as) {
        List<ResourceMethod> routes = ResourceMethod.allIn(ProductionClasses.in(rootPackage));
        assertThat(routes.stream().map(ResourceMethod::route).collect(Collectors.toSet()))
                .as("the routes in the table, and those of " + rootPackage)
                .isEqualTo(roles.keySet());
        var softly = new SoftAssertions();
        for (ResourceMethod route : routes) {
            for (String who : LADDER) {
                Answer answer = ask(service, route, as.apply(who));
                softly.assertThat(answer.status())
                        .as(route.route() + " as " + who + ": " + answer.body())
                        .matches(status -> isRight(status, who, role(route)), "as the table says");
                if (answer.status() == FORBIDDEN) {
                    softly.assertThat(answer.body())
                            .as(route.route() + " as " + who)
                            .contains("this needs the role " + role(route));
                }
            }
        }
        softly.assertAll();
    }

    private String role(ResourceMethod route) {
        return String.valueOf(roles.get(route.route()));
    }

    /** What there is none of is not found, and what is not sent as it should be is refused; but not for who asks. */
    private static boolean isRight(int status, String who, String role) {
        if (role.equals(PUBLIC) || LADDER.indexOf(who) >= LADDER.indexOf(role)) {
            return status != UNAUTHORIZED && status != FORBIDDEN && status < FAILURE;
        }
        return status == (who.equals("nobody") ? UNAUTHORIZED : FORBIDDEN);
    }

    private record Answer(int status, String body) {}

    /** Reads no answer to its end, since streams have none. */
    private static Answer ask(URI service, ResourceMethod route, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(service.resolve(route.addressOfNothing()))
                .header("Content-Type", route.mediaType())
                .method(
                        route.httpMethod(),
                        route.httpMethod().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        headers.forEach(request::header);
        try {
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return new Answer(
                        answer.statusCode(),
                        answer.statusCode() < ERROR ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(route.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(route.toString(), e);
        }
    }
}
