package dev.stagecoach.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where lifecycle-service is, and as whom to call it. */
final class ServiceAddress {

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
        url = ServiceClient.address(Objects.requireNonNull(spec), "--url", address, "https://lifecycle.example.com");
    }

    @Option(names = "--port-offset", paramLabel = "N", description = "That of 'stagecoach up'.", defaultValue = "0")
    void movedBy(int offset) {
        if (offset < 0 || offset > Ports.HIGHEST_OFFSET) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--port-offset: " + offset + " (expected: 0 to " + Ports.HIGHEST_OFFSET + ")");
        }
        portOffset = offset;
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
        var base = url != null
                ? url
                : URI.create("http://localhost:" + Ports.movedBy(portOffset).of(Service.LIFECYCLE));
        return new ServiceClient(Service.LIFECYCLE, base, token, "--url").call(method, path, body);
    }
}
