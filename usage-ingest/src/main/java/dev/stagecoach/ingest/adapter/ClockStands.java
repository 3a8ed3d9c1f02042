package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.ReceiptClock;
import dev.stagecoach.ingest.RefusedException;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows the time of receipt. Always up: with simulated time, whoever moves the time waits until everything is ready before the first
 * tick, and can see here when a tick has arrived.
 */
@Readiness
@Singleton
final class ClockStands implements HealthCheck {
    private final ReceiptClock clock;

    ClockStands(ReceiptClock clock) {
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("clock").up().withData("now", now()).build();
    }

    private String now() {
        try {
            return clock.now().toString();
        } catch (RefusedException e) {
            return "none yet";
        }
    }
}
