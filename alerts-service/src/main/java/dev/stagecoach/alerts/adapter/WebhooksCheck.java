package dev.stagecoach.alerts.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how webhooks stand. One that takes nothing is no reason not to be ready: what goes there waits. Whoever asks need not be known, so what
 * receivers answered is not told.
 */
@Readiness
@ApplicationScoped
class WebhooksCheck implements HealthCheck {
    private final JdbcWebhooks webhooks;

    WebhooksCheck(JdbcWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("webhooks").up();
        webhooks.all().forEach(webhook -> response.withData(webhook.name(), webhook.standing()));
        return response.build();
    }
}
