package dev.stagecoach.alerts.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when events are read and alerts are published. */
@Readiness
@ApplicationScoped
class ProgressCheck implements HealthCheck {
    private final AlertsRunner runner;

    ProgressCheck(AlertsRunner runner) {
        this.runner = runner;
    }

    @Override
    public HealthCheckResponse call() {
        return runner.problem()
                .map(problem -> HealthCheckResponse.named("alerts")
                        .down()
                        .withData("problem", problem)
                        .build())
                .orElseGet(() -> HealthCheckResponse.up("alerts"));
    }
}
