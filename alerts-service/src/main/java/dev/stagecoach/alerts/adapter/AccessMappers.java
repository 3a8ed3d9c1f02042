package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.ApiRequest;
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

/** Says who is refused, and what to do about it: to programs, and to people on a page. */
class AccessMappers {
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

    @ServerExceptionMapper(ForbiddenException.class)
    public Response notAllowed(RoutingContext request, ResourceInfo asked) {
        String why = ApiRequest.notAllowed(asked.getResourceMethod(), identity.getRoles());
        return ApiRequest.isOne(request)
                ? Problem.of(403, why).toResponse().build()
                : console.notAllowed(request, identity.getPrincipal().getName(), why);
    }
}
