package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.access.ApiRequest;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who is refused, and what to do about it. */
class AccessMappers {
    private static final Logger LOG = LoggerFactory.getLogger(AccessMappers.class);

    private final SecurityIdentity identity;

    AccessMappers(SecurityIdentity identity) {
        this.identity = identity;
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response notSignedIn(RoutingContext request) {
        return Problem.of(401, ApiRequest.notSignedIn(request))
                .toResponse()
                .header(HttpHeaders.WWW_AUTHENTICATE, ApiRequest.challenge(request))
                .build();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response notAllowed(ResourceInfo asked) {
        return Problem.of(403, ApiRequest.notAllowed(asked.getResourceMethod(), identity.getRoles()))
                .toResponse()
                .build();
    }

    @ServerExceptionMapper
    Response notAsked(OIDCException e) {
        LOG.warn("nobody can be signed in: {}", e.getMessage());
        return Problem.of(503, ApiRequest.SIGN_IN_IS_AWAY).toResponse().build();
    }
}
