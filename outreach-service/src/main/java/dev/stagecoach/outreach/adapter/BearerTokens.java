package dev.stagecoach.outreach.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets nobody to {@code /v1} without a token. The links in mails are not there: they carry their own. */
@ApplicationScoped
class BearerTokens {
    private static final String SCHEME = "bearer ";

    private final List<byte[]> tokens;

    BearerTokens(@ConfigProperty(name = "stagecoach.api.tokens") Optional<List<String>> tokens) {
        this.tokens = tokens.orElse(List.of()).stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @ServerRequestFilter(preMatching = true)
    Optional<Response> check(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        boolean guarded = path.equals("/v1") || path.startsWith("/v1/");
        return !guarded || isKnown(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                ? Optional.empty()
                : Optional.of(refusal());
    }

    private static Response refusal() {
        return Problem.of(401, "send a token: Authorization: Bearer …")
                .toResponse()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"stagecoach\"")
                .build();
    }

    private boolean isKnown(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (byte[] token : tokens) {
            known |= MessageDigest.isEqual(token, given);
        }
        return known;
    }
}
