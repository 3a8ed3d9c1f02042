package dev.stagecoach.alerts.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says how webhooks stand. One that takes nothing is no reason not to be ready: what goes there waits. */
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
        webhooks.all().forEach(webhook -> response.withData(webhook.name(), text(webhook)));
        return response.build();
    }

    private static String text(StoredWebhook webhook) {
        String problem = webhook.problemText();
        return webhook.state() + ", " + webhook.waiting() + " waiting"
                + (webhook.oldest() == null ? "" : " since " + webhook.oldest()) + ", " + webhook.sent() + " sent, "
                + webhook.failed() + " given up" + (problem.isEmpty() ? "" : "; " + problem);
    }
}
