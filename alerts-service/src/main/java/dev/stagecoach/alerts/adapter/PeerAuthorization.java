package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.AlertsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Says to the other services who asks: this service. A REST client that calls one of them registers it with
 * {@code @RegisterProvider(PeerAuthorization.class)}. Whoever acts is named in the body; whether that person may is asked of
 * {@link SignedIn} before.
 */
@ApplicationScoped
class PeerAuthorization implements ClientRequestFilter {
    private final AlertsSettings settings;

    PeerAuthorization(AlertsSettings settings) {
        this.settings = settings;
    }

    @Override
    public void filter(ClientRequestContext request) {
        settings.alerts()
                .peers()
                .token()
                .ifPresent(token -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token));
    }
}
