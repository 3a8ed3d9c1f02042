package dev.stagecoach.alerts.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive until something that runs by itself has ended for good: whatever made it end, only a new process reads on. */
@Liveness
@ApplicationScoped
class ThreadsCheck implements HealthCheck {
    private final AlertsRunner runner;

    ThreadsCheck(AlertsRunner runner) {
        this.runner = runner;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> stopped = runner.stopped();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("threads").status(stopped.isEmpty());
        stopped.ifPresent(why -> response.withData("stopped", why));
        return response.build();
    }
}
