package dev.stagecoach.lifecycle.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while records are read, decided and published. A record that holds up its own partition is named, and no reason not to be ready. */
@Readiness
@ApplicationScoped
class ProgressCheck implements HealthCheck {
    private final KafkaAccountLog log;

    ProgressCheck(KafkaAccountLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = log.problem();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("progress").status(problem.isEmpty());
        problem.ifPresent(why -> response.withData("problem", why));
        log.blocked().ifPresent(why -> response.withData("blocked", why));
        return response.build();
    }
}
