package dev.stagecoach.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A service's REST API, for a command that asks it once.
 *
 * @param option with which the user says where the service is
 */
record ServiceClient(Service service, URI base, String token, String option) {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /**
     * An address as people give it, without slashes at its end.
     *
     * @throws ParameterException if it is none of a service
     */
    static URI address(CommandSpec spec, String option, URI given, String example) {
        if (!("http".equals(given.getScheme()) || "https".equals(given.getScheme())) || given.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + given + " (expected: an address such as " + example + ")");
        }
        return URI.create(given.toString().replaceAll("/+$", ""));
    }

    /**
     * The answer to a request.
     *
     * @param path with its query, from {@code /v1} on
     * @param body null for none
     * @throws Complaint with the service's own words when it refuses, or when it cannot be reached
     */
    JsonNode call(String method, String path, @Nullable JsonNode body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var answer = HttpClient.newBuilder().connectTimeout(ANSWER).build().send(request, BodyHandlers.ofString());
            var json = json(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw new Complaint("%s answers %d: %s."
                        .formatted(
                                service,
                                answer.statusCode(),
                                json.path("detail").asText("it does not say why")));
            }
            if (!json.isObject()) {
                throw new Complaint(
                        "What answers at %s is not %s: say where that is with %s.".formatted(base, service, option));
            }
            return json;
        } catch (IOException e) {
            throw new Complaint(
                    "%s cannot be reached at %s: start it, or say where it is with %s or --port-offset."
                            .formatted(service, base, option),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return EventCodec.json().readTree(body);
        } catch (JsonProcessingException e) {
            // Something between us and the service has answered, a proxy for instance.
            return MissingNode.getInstance();
        }
    }
}
