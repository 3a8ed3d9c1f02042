package dev.stagecoach.outreach.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Shows whether mails leave. Never a reason not to be ready: decisions go on, and mails wait. */
@Readiness
@ApplicationScoped
class MailServerHealth implements HealthCheck {
    private final MailSender sender;

    MailServerHealth(MailSender sender) {
        this.sender = sender;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = sender.trouble();
        return HealthCheckResponse.named("mail server")
                .up()
                .withData("reachable", trouble.isEmpty())
                .withData("trouble", trouble.orElse("none"))
                .build();
    }
}
