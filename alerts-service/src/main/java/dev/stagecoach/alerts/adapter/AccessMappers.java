package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.ApiRequest;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who is refused, and what to do about it: to programs, and to people on a page. */
class AccessMappers {
    private static final Logger LOG = LoggerFactory.getLogger(AccessMappers.class);
    private static final int RETRY_SECONDS = 5;

    private final SecurityIdentity identity;
    private final ConsoleRefusals console;

    AccessMappers(SecurityIdentity identity, ConsoleRefusals console) {
        this.identity = identity;
        this.console = console;
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Uni<Response> notSignedIn(RoutingContext request) {
        return ApiRequest.isOne(request)
                ? Uni.createFrom()
                        .item(Problem.of(401, ApiRequest.notSignedIn(request))
                                .toResponse()
                                .header(HttpHeaders.WWW_AUTHENTICATE, ApiRequest.challenge(request))
                                .build())
                : console.notSignedIn(request);
    }

    @ServerExceptionMapper(AuthenticationCompletionException.class)
    public Response notCompleted(RoutingContext request) {
        return console.notCompleted(request);
    }

    @ServerExceptionMapper
    public Response notAsked(RoutingContext request, OIDCException e) {
        LOG.warn("nobody can be signed in: {}", e.getMessage());
        return ApiRequest.isOne(request)
                ? Problem.of(503, ApiRequest.SIGN_IN_IS_AWAY)
                        .toResponse()
                        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                        .build()
                : console.notAsked(request);
    }

    @ServerExceptionMapper(ForbiddenException.class)
    public Response notAllowed(RoutingContext request, ResourceInfo asked) {
        String why = ApiRequest.notAllowed(asked.getResourceMethod(), identity.getRoles());
        return ApiRequest.isOne(request)
                ? Problem.of(403, why).toResponse().build()
                : console.notAllowed(request, identity.getPrincipal().getName(), why);
    }
}
