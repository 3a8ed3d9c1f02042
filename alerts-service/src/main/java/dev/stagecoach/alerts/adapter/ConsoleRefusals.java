package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.ApiRequest;
import io.quarkus.oidc.OIDCException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/**
 * What people on a page are told who may not do what they asked for. Who opens a page without being signed in is led to the
 * sign-in server and back; what scripts and forms ask cannot be led there, and is told so.
 */
@ApplicationScoped
class ConsoleRefusals {
    private static final int FOUND = 302;

    private final ConsolePages pages;
    private final ConsoleSignIn signIn;
    private final LocalUser localUser;

    ConsoleRefusals(ConsolePages pages, ConsoleSignIn signIn, LocalUser localUser) {
        this.pages = pages;
        this.signIn = signIn;
        this.localUser = localUser;
    }

    Uni<Response> notSignedIn(RoutingContext request) {
        if (!signIn.isOn()) {
            return Uni.createFrom().item(closed(request));
        }
        if (request.normalizedPath().equals(ConsoleSignIn.SIGN_OUT)) {
            return Uni.createFrom().item(PageLink.seeOther(ConsoleSignIn.SIGNED_OUT));
        }
        HttpAuthenticator authenticator = request.get(HttpAuthenticator.class.getName());
        return isPage(request) && request.request().method().equals(HttpMethod.GET)
                ? authenticator
                        .getChallenge(request)
                        .map(challenge -> toSignIn(request, challenge))
                        .onFailure(OIDCException.class)
                        .recoverWithItem(() -> notAsked(request))
                : Uni.createFrom().item(over(request));
    }

    private Response closed(RoutingContext request) {
        return isPage(request)
                ? pages.closed(localUser.isSet())
                : Problem.of(401, "the console is closed: its start page says how to open it")
                        .toResponse()
                        .build();
    }

    private Response toSignIn(RoutingContext request, ChallengeData challenge) {
        if (challenge.status != FOUND) {
            return over(request);
        }
        Response.ResponseBuilder response = Response.status(challenge.status).header("Cache-Control", "no-store");
        challenge.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
        return response.build();
    }

    private Response over(RoutingContext request) {
        return isPage(request)
                ? pages.notice(
                        Status.UNAUTHORIZED,
                        new Notice(
                                "You are not signed in any more",
                                "What you sent was not done, and nothing was changed. Sign in and send it again.",
                                AlertActsForms.back(request.request().getHeader("Referer")),
                                "Sign in and go back"))
                : Problem.of(401, "not signed in any more: load the page again")
                        .toResponse()
                        .build();
    }

    Response notAsked(RoutingContext request) {
        return isPage(request)
                ? pages.notice(
                        Status.SERVICE_UNAVAILABLE,
                        new Notice(
                                "The sign-in server cannot be reached",
                                "Without it nobody knows who you are. Nothing was done; what you see here is there again when the server is.",
                                "/",
                                "Try again"))
                : Problem.of(503, ApiRequest.SIGN_IN_IS_AWAY).toResponse().build();
    }

    Response notCompleted(RoutingContext request) {
        return isPage(request)
                ? pages.notice(
                        Status.UNAUTHORIZED,
                        new Notice(
                                "You could not be signed in",
                                "The sign-in was left, took too long, or was not accepted. If it goes wrong again, the reason is in the log of"
                                        + " alerts-service.",
                                "/",
                                "Try again"))
                : Problem.of(401, "the sign-in was not accepted").toResponse().build();
    }

    Response notAllowed(RoutingContext request, String name, String why) {
        return isPage(request)
                ? pages.notice(
                        Status.FORBIDDEN,
                        new Notice(
                                "You may not see or do this",
                                "You are signed in as " + name + "; " + why
                                        + ". Who runs Stagecoach can give it to you.",
                                "/",
                                "Portfolio"))
                : Problem.of(403, why).toResponse().build();
    }

    /** Whether a person looks at what is answered. */
    static boolean isPage(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader("Sec-Fetch-Mode"))
                .map("navigate"::equals)
                .orElseGet(() -> Optional.ofNullable(request.request().getHeader("Accept"))
                        .filter(accepted -> accepted.contains("text/html"))
                        .isPresent());
    }
}
