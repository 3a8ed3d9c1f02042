package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.LifecycleConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets nobody to {@code /v1} without a token, with too large a body or an address that names nothing. */
@ApplicationScoped
class ApiGate {
    private static final String SCHEME = "bearer ";
    private static final String NUL = "%00";

    private final List<byte[]> tokens;

    ApiGate(LifecycleConfig config) {
        tokens = config.api().tokens().orElse(List.of()).stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @ServerRequestFilter(preMatching = true)
    Optional<Response> check(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!path.equals("/v1") && !path.startsWith("/v1/")) {
            return Optional.empty();
        }
        if (!isKnown(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            return Optional.of(Problem.of(401, "send a token that this service knows: Authorization: Bearer …")
                    .toResponse()
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"stagecoach\"")
                    .build());
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

    private boolean isKnown(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (byte[] token : tokens) {
            // Every token is compared, each in constant time.
            known |= MessageDigest.isEqual(token, given);
        }
        return known;
    }
}
