package dev.stagecoach.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a request of a program says of who sends it, and how it is refused. Programs call {@code /v1}. */
public final class ApiRequest {
    /** What to do about a request of which nobody can say who has sent it. */
    public static final String SIGN_IN_IS_AWAY =
            "the sign-in server cannot be reached, so that nobody knows who asks: ask again in some seconds";

    private static final String SCHEME = "bearer ";

    private ApiRequest() {}

    public static boolean isOne(RoutingContext request) {
        String path = request.normalizedPath();
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    static Optional<String> token(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(header -> header.substring(SCHEME.length()).strip())
                .filter(token -> !token.isEmpty());
    }

    /** The header {@code WWW-Authenticate} of a refusal, as RFC 6750 has it. */
    public static String challenge(RoutingContext request) {
        String challenge = "Bearer realm=\"stagecoach\"";
        return token(request).isPresent() ? challenge + ", error=\"invalid_token\"" : challenge;
    }

    /** What to do about a request that nobody is known to have sent. */
    public static String notSignedIn(RoutingContext request) {
        return token(request).isPresent()
                ? "the token is not accepted: it is not known here, or expired, or not for this service"
                : "send a token: Authorization: Bearer …";
    }

    /**
     * Which role is missing.
     *
     * @param asked what was to be called
     * @param roles of who called it
     */
    public static String notAllowed(Method asked, Set<String> roles) {
        return needed(asked)
                .map(role -> "this needs the role " + role + "; who asks has " + Roles.highest(roles))
                .orElse("this is open to nobody");
    }

    private static Optional<String> needed(Method asked) {
        return Optional.ofNullable(asked.getAnnotation(RolesAllowed.class))
                .or(() -> Optional.ofNullable(asked.getDeclaringClass().getAnnotation(RolesAllowed.class)))
                .map(allowed -> String.join(" or ", allowed.value()));
    }
}
