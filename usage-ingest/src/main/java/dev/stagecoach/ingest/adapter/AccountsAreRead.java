package dev.stagecoach.ingest.adapter;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when it is known which instance belongs to which account. */
@Readiness
@Singleton
final class AccountsAreRead implements HealthCheck {
    private final KafkaAccounts accounts;
    private final String version;

    AccountsAreRead(KafkaAccounts accounts, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.accounts = accounts;
        this.version = version;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("accounts are read")
                .status(accounts.isComplete())
                .withData("accounts", accounts.count())
                .withData("version", version);
        accounts.problem().ifPresent(problem -> response.withData("problem", problem));
        return response.build();
    }
}
