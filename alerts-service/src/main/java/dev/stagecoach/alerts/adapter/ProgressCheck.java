package dev.stagecoach.alerts.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when events are read and alerts are published. A record that holds up its own partition is named, and no reason not to be ready. */
@Readiness
@ApplicationScoped
class ProgressCheck implements HealthCheck {
    private final AlertsRunner runner;
    private final String version;

    ProgressCheck(AlertsRunner runner, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.runner = runner;
        this.version = version;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = runner.problem();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("alerts").status(problem.isEmpty()).withData("version", version);
        problem.ifPresent(why -> response.withData("problem", why));
        runner.blocked().ifPresent(why -> response.withData("blocked", why));
        runner.unpublished()
                .ifPresent(left -> response.withData("outboxRows", left.rows())
                        .withData("outboxOldestSeconds", left.oldest().toSeconds()));
        return response.build();
    }
}
