package dev.stagecoach.ingest.adapter;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when it is known which instance belongs to which account. */
@Readiness
@Singleton
final class AccountsAreRead implements HealthCheck {
    private final KafkaAccounts accounts;

    AccountsAreRead(KafkaAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("accounts are read")
                .status(accounts.isComplete())
                .withData("accounts", accounts.count());
        accounts.problem().ifPresent(problem -> response.withData("problem", problem));
        return response.build();
    }
}
