package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.Pseudonyms;
import dev.stagecoach.ingest.ReceiptClock;
import dev.stagecoach.ingest.adapter.json.CloudEventsReader;
import dev.stagecoach.ingest.adapter.json.KeptFields;
import dev.stagecoach.ingest.adapter.json.TrackingReader;
import dev.stagecoach.ingest.key.WriteKeys;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Makes from the configuration what knows nothing of it. */
final class Wiring {
    @Produces
    @Singleton
    @Startup
    ReceiptClock clock(IngestConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return switch (config.clock()) {
            case SYSTEM -> new SystemClock();
            case TICKS -> new TickClock(kafka);
        };
    }

    void stop(@Disposes ReceiptClock clock) {
        if (clock instanceof TickClock ticks) {
            ticks.close();
        }
    }

    @Produces
    @Singleton
    WriteKeys writeKeys(IngestConfig config, KafkaWriteKeys handedOut, ReceiptClock clock) {
        return new WriteKeys(config.writeKeys(), handedOut, clock::now);
    }

    @Produces
    @Singleton
    @Startup
    Pseudonyms pseudonyms(IngestConfig config) {
        try {
            return new HmacPseudonyms(config.pseudonymSecret());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("stagecoach.ingest.pseudonym-secret: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    TrackingReader trackingReader(IngestConfig config) {
        return new TrackingReader(kept(config), config.limits().events(), (int)
                config.limits().event().asLongValue());
    }

    @Produces
    @Singleton
    CloudEventsReader cloudEventsReader(IngestConfig config) {
        return new CloudEventsReader(kept(config), config.limits().events(), (int)
                config.limits().event().asLongValue());
    }

    private static KeptFields kept(IngestConfig config) {
        return KeptFields.of(config.keptProperties(), config.keptContext().orElse(Set.of()));
    }
}
