package dev.stagecoach.outreach.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when events are read and published. */
@Readiness
@ApplicationScoped
class EventsReadiness implements HealthCheck {
    private final Running running;

    EventsReadiness(Running running) {
        this.running = running;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = running.problem();
        return problem.map(why -> HealthCheckResponse.named("events").down().withData("problem", why))
                .orElseGet(() -> HealthCheckResponse.named("events").up())
                .build();
    }
}
