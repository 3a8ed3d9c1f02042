package dev.stagecoach.lifecycle.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while records are read, decided and published. */
@Readiness
@ApplicationScoped
class ProgressCheck implements HealthCheck {
    private final KafkaAccountLog log;

    ProgressCheck(KafkaAccountLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("progress");
        return log.problem()
                .map(problem -> response.down().withData("problem", problem).build())
                .orElseGet(() -> response.up().build());
    }
}
