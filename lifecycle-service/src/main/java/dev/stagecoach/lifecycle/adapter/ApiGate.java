package dev.stagecoach.lifecycle.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets nothing to {@code /v1} with too large a body or an address that names nothing. Who may call is said at each resource. */
@ApplicationScoped
class ApiGate {
    private static final String NUL = "%00";

    @ServerRequestFilter(preMatching = true)
    Optional<Response> check(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!path.equals("/v1") && !path.startsWith("/v1/")) {
            return Optional.empty();
        }
        if (request.getUriInfo().getRequestUri().toString().contains(NUL)) {
            return Optional.of(
                    Problem.of(400, "the address holds the character U+0000 (%00), which nothing is named with")
                            .toResponse()
                            .build());
        }
        if (request.getLength() > BodyLimit.MOST_BYTES) {
            return Optional.of(Problem.of(
                            413,
                            "the body has " + request.getLength() + " bytes (expected: <= " + BodyLimit.MOST_BYTES
                                    + "): send it in parts")
                    .toResponse()
                    .build());
        }
        return Optional.empty();
    }
}
