package dev.stagecoach.ingest.adapter;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when usage can be stored, and it is known which user belongs to which account. */
@Readiness
@Singleton
final class TopicsAreKnown implements HealthCheck {
    private final KafkaUsageLog log;
    private final KafkaUserAccounts users;

    TopicsAreKnown(KafkaUsageLog log, KafkaUserAccounts users) {
        this.log = log;
        this.users = users;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("topics are known")
                .status(log.unknownTopics().isEmpty() && users.isComplete())
                .withData("linked users", users.count());
        problem().ifPresent(problem -> response.withData("problem", problem));
        return response.build();
    }

    private Optional<String> problem() {
        return log.unknownTopics().isEmpty()
                ? users.problem()
                : Optional.of("unknown to Kafka: " + String.join(", ", log.unknownTopics()));
    }
}
