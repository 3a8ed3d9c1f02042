package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.LifecycleConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while records are read, decided and published. A record that holds up its own partition is named, and no reason not to be ready. */
@Readiness
@ApplicationScoped
class ProgressCheck implements HealthCheck {
    private final KafkaAccountLog log;
    private final AccountMetrics accounts;
    private final LifecycleConfig config;
    private final String version;

    ProgressCheck(
            KafkaAccountLog log,
            AccountMetrics accounts,
            LifecycleConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.log = log;
        this.accounts = accounts;
        this.config = config;
        this.version = version;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = log.problem();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("progress")
                .status(problem.isEmpty())
                .withData("version", version)
                .withData("ticks", config.lifecycle().ticker().enabled() ? "from here" : "from elsewhere");
        problem.ifPresent(why -> response.withData("problem", why));
        log.blocked().ifPresent(why -> response.withData("blocked", why));
        log.unpublished()
                .ifPresent(left -> response.withData("outboxRows", left.rows())
                        .withData("outboxOldestSeconds", left.oldest().toSeconds()));
        putOff().ifPresent(number -> response.withData("accountsPutOff", number));
        return response.build();
    }

    /** Empty while the database is away, which is said as the problem. */
    private OptionalLong putOff() {
        try {
            return OptionalLong.of(accounts.putOff());
        } catch (SqlBooksException e) {
            return OptionalLong.empty();
        }
    }
}
