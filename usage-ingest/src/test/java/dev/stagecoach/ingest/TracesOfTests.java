package dev.stagecoach.ingest;

import dev.stagecoach.testing.RecordedTraces;
import dev.stagecoach.traces.Traces;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Lets the service record traces, where a test asks for it, as if somebody collected them. */
@Singleton
final class TracesOfTests {
    @Produces
    @Singleton
    RecordedTraces recorded() {
        return new RecordedTraces();
    }

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    Traces traces(RecordedTraces recorded) {
        return recorded.traces();
    }
}
