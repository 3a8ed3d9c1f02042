package dev.stagecoach.outreach.adapter;

import dev.stagecoach.traces.Traces;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Traces, where {@code OTEL_EXPORTER_OTLP_ENDPOINT} says that somebody collects them. */
final class Tracing {
    @Produces
    @Singleton
    Traces traces(@ConfigProperty(name = Traces.ENDPOINT) Optional<String> endpoint) {
        return Traces.to(endpoint, "outreach-service");
    }

    void close(@Disposes Traces traces) {
        traces.close();
    }
}
