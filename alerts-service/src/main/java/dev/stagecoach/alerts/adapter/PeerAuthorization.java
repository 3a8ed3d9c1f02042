package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

/**
 * Says to the other services who asks: this service, by a token of the settings or of the sign-in server. A REST client that
 * calls one of them registers it with {@code @RegisterProvider(PeerAuthorization.class)}. Whoever acts is named in the body;
 * whether that person may is asked of {@link SignedIn} before.
 */
@ApplicationScoped
class PeerAuthorization extends AbstractOidcClientRequestReactiveFilter {
    private final Optional<String> token;

    PeerAuthorization(AlertsSettings settings) {
        token = settings.alerts().peers().token();
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        if (token.isPresent()) {
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token.get());
        } else {
            super.filter(request);
        }
    }
}
