package dev.stagecoach.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where lifecycle-service is, and as whom to call it. */
final class ServiceAddress {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = {
                "The bearer token of an operator. Other users of this machine can see it on the command line: better set the environment"
                        + " variable STAGECOACH_TOKEN. '" + ServiceSettings.TOKEN
                        + "', that of the local stack, when neither is given."
            },
            defaultValue = "${env:STAGECOACH_TOKEN:-" + ServiceSettings.TOKEN + "}",
            showDefaultValue = Visibility.NEVER)
    private String token = ServiceSettings.TOKEN;

    private int portOffset;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where lifecycle-service is; that of the stack on this machine when not given.")
    void at(URI address) {
        if (!("http".equals(address.getScheme()) || "https".equals(address.getScheme())) || address.getHost() == null) {
            throw complaint("--url: " + address + " (expected: an address such as https://lifecycle.example.com)");
        }
        url = URI.create(address.toString().replaceAll("/+$", ""));
    }

    @Option(names = "--port-offset", paramLabel = "N", description = "That of 'stagecoach up'.", defaultValue = "0")
    void movedBy(int offset) {
        if (offset < 0 || offset > Ports.HIGHEST_OFFSET) {
            throw complaint("--port-offset: " + offset + " (expected: 0 to " + Ports.HIGHEST_OFFSET + ")");
        }
        portOffset = offset;
    }

    private ParameterException complaint(String text) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), text);
    }

    /** Whether the token is the one that everybody knows, and that says of nobody who it is. */
    boolean isOfLocalStack() {
        return token.equals(ServiceSettings.TOKEN);
    }

    /**
     * The answer to a request.
     *
     * @param path with its query, from {@code /v1} on
     * @param body null for none
     * @throws Complaint with the service's own words when it refuses, or when it cannot be reached
     */
    JsonNode call(String method, String path, @Nullable JsonNode body) {
        var request = HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var answer = HttpClient.newBuilder().connectTimeout(ANSWER).build().send(request, BodyHandlers.ofString());
            var json = json(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw new Complaint("lifecycle-service answers " + answer.statusCode() + ": "
                        + json.path("detail").asText("it does not say why") + ".");
            }
            if (!json.isObject()) {
                throw new Complaint(
                        "What answers at " + base() + " is not lifecycle-service: say where that is with --url.");
            }
            return json;
        } catch (IOException e) {
            throw new Complaint(
                    "lifecycle-service cannot be reached at " + base()
                            + ": start it, or say where it is with --url or --port-offset.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    private URI base() {
        return url != null
                ? url
                : URI.create("http://localhost:" + Ports.movedBy(portOffset).of(Service.LIFECYCLE));
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
