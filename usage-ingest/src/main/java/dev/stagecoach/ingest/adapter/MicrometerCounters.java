package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.IngestCounters;
import dev.stagecoach.ingest.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The counters as metrics: {@code stagecoach_ingest_received_total{kind}} and likewise {@code recorded}, {@code repeated}, {@code rejected}, {@code ignored} and
 * {@code unconfirmed}; {@code stagecoach_ingest_refused_requests_total{reason}}.
 */
@Singleton
final class MicrometerCounters implements IngestCounters {
    private final Map<Kind, Pieces> pieces = new EnumMap<>(Kind.class);
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    MicrometerCounters(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            pieces.put(kind, Pieces.of(registry, kind));
        }
        for (Refusal refusal : Refusal.values()) {
            refused.put(
                    refusal,
                    Counter.builder("stagecoach.ingest.refused.requests")
                            .description("Requests that were not taken")
                            .tag("reason", nameOf(refusal))
                            .register(registry));
        }
    }

    @Override
    public void stored(Kind kind, int recorded, int repeated, int rejected, int ignored) {
        Pieces counters = of(kind);
        counters.received.increment((double) recorded + repeated + rejected + ignored);
        counters.recorded.increment(recorded);
        counters.repeated.increment(repeated);
        counters.rejected.increment(rejected);
        counters.ignored.increment(ignored);
    }

    @Override
    public void unconfirmed(Kind kind, int received) {
        Pieces counters = of(kind);
        counters.received.increment(received);
        counters.unconfirmed.increment(received);
    }

    @Override
    public void refused(Refusal refusal) {
        Counter counter = refused.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }

    private Pieces of(Kind kind) {
        Pieces counters = pieces.get(kind);
        if (counters == null) {
            throw new IllegalArgumentException("kind: " + kind);
        }
        return counters;
    }

    private static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private record Pieces(
            Counter received,
            Counter recorded,
            Counter repeated,
            Counter rejected,
            Counter ignored,
            Counter unconfirmed) {
        static Pieces of(MeterRegistry registry, Kind kind) {
            return new Pieces(
                    counter(registry, kind, "received", "Pieces of usage that came readable and with a valid key"),
                    counter(registry, kind, "recorded", "Pieces of usage on a usage topic"),
                    counter(registry, kind, "repeated", "Events that had been stored lately"),
                    counter(registry, kind, "rejected", "Pieces of usage in quarantine"),
                    counter(registry, kind, "ignored", "Valid calls that are no usage"),
                    counter(registry, kind, "unconfirmed", "Pieces of usage that Kafka did not confirm in time"));
        }

        private static Counter counter(MeterRegistry registry, Kind kind, String name, String description) {
            return Counter.builder("stagecoach.ingest." + name)
                    .description(description)
                    .tag("kind", nameOf(kind))
                    .register(registry);
        }
    }
}
