package dev.stagecoach.ingest.adapter.http;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps all request bodies together from filling the heap: whoever would is told to come back. */
@Singleton
final class BodyMemory {
    private final AtomicLong taken = new AtomicLong();
    private final long bytes;
    private final MeterRegistry registry;
    private final Gauge gauge;

    BodyMemory(IngestConfig config, MeterRegistry registry) {
        bytes = config.limits()
                .allBodies()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / 4);
        this.registry = registry;
        this.gauge = Gauge.builder("stagecoach.ingest.body.bytes", taken, AtomicLong::get)
                .description("What the bodies of the requests under way take, decompressed")
                .register(registry);
    }

    /** The registry is the JVM's: it would keep the gauge, and show nothing to who comes next, for as long as that has its name. */
    @PreDestroy
    void end() {
        registry.remove(gauge);
    }

    Share share() {
        return new Share();
    }

    /** What one body takes. */
    final class Share {
        private final AtomicLong mine = new AtomicLong();

        /** Takes more. */
        void take(int more) {
            mine.addAndGet(more);
            if (taken.addAndGet(more) > bytes) {
                throw new RefusedException(Refusal.BUSY, "too many bytes under way; send it again");
            }
        }

        /** Gives everything back. */
        void giveBack() {
            taken.addAndGet(-mine.getAndSet(0));
        }
    }
}
