package dev.stagecoach.outreach.adapter;

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
    private final Running running;

    ThreadsCheck(Running running) {
        this.running = running;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> stopped = running.stopped();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("threads").status(stopped.isEmpty());
        stopped.ifPresent(why -> response.withData("stopped", why));
        return response.build();
    }
}
