package dev.stagecoach.alerts.adapter;

import dev.stagecoach.access.ApiRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request that changes something to the console only from its own pages: a browser sends its cookies, and whoever is on
 * this machine, from pages of others too. It also says which site a request comes from, and no page can make it lie.
 */
class OwnForms {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> check(RoutingContext context) {
        return ApiRequest.isOne(context) || isHarmless(context)
                ? Optional.empty()
                : Optional.of(
                        Problem.of(403, "this comes from a page of another site, or from no page: nothing was done")
                                .toResponse()
                                .build());
    }

    private static boolean isHarmless(RoutingContext context) {
        HttpServerRequest request = context.request();
        String site = request.getHeader("Sec-Fetch-Site");
        if (context.normalizedPath().equals(ConsoleSignIn.SIGN_OUT)) {
            // A link, with which browsers send no origin.
            return site == null || OWN.contains(site);
        }
        String host = request.authority() == null ? null : request.authority().toString();
        return READING.contains(request.method()) || isOwn(site, request.getHeader("Origin"), host);
    }

    /**
     * Whether a request comes from a page of the console.
     *
     * @param site what the browser says of where it comes from ({@code Sec-Fetch-Site}); older ones say nothing, and none to a
     *     host without TLS
     * @param origin of the page it comes from
     * @param host that it goes to
     */
    static boolean isOwn(@Nullable String site, @Nullable String origin, @Nullable String host) {
        if (site != null) {
            return OWN.contains(site);
        }
        return origin != null && host != null && host.equalsIgnoreCase(authority(origin));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
