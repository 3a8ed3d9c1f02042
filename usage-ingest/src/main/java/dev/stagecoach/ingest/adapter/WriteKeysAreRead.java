package dev.stagecoach.ingest.adapter;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when it is known which keys are good. */
@Readiness
@Singleton
final class WriteKeysAreRead implements HealthCheck {
    private final KafkaWriteKeys keys;

    WriteKeysAreRead(KafkaWriteKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("write keys are read")
                .status(keys.isComplete())
                .withData("writeKeys", keys.count());
        keys.problem().ifPresent(problem -> response.withData("problem", problem));
        return response.build();
    }
}
