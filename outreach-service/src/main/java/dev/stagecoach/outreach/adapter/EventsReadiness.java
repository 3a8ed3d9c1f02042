package dev.stagecoach.outreach.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when events are read and published. A record that holds up its own partition is named, and no reason not to be ready. */
@Readiness
@ApplicationScoped
class EventsReadiness implements HealthCheck {
    private final Running running;
    private final String version;

    EventsReadiness(Running running, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.running = running;
        this.version = version;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = running.problem();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("events").status(problem.isEmpty()).withData("version", version);
        problem.ifPresent(why -> response.withData("problem", why));
        running.blocked().ifPresent(why -> response.withData("blocked", why));
        running.unpublished()
                .ifPresent(left -> response.withData("outboxRows", left.rows())
                        .withData("outboxOldestSeconds", left.oldest().toSeconds()));
        return response.build();
    }
}
