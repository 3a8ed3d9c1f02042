package dev.stagecoach.alerts.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when events are read and alerts are published. A record that holds up its own partition is named, and no reason not to be ready. */
@Readiness
@ApplicationScoped
class ProgressCheck implements HealthCheck {
    private final AlertsRunner runner;

    ProgressCheck(AlertsRunner runner) {
        this.runner = runner;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = runner.problem();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("alerts").status(problem.isEmpty());
        problem.ifPresent(why -> response.withData("problem", why));
        runner.blocked().ifPresent(why -> response.withData("blocked", why));
        return response.build();
    }
}
