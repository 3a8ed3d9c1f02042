package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.EventType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What this process decided, once its transactions were committed, and how long after its receipt by usage-ingest. */
final class DecisionMetrics implements MeterBinder {
    /** What is older was not waited for: it is read again, or of a time-lapse. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private final Map<EventType, LongAdder> made = new EnumMap<>(EventType.class);
    private volatile @Nullable Timer latency;

    DecisionMetrics() {
        Arrays.stream(EventType.values())
                .filter(type -> type.topic().startsWith("lifecycle."))
                .forEach(type -> made.put(type, new LongAdder()));
    }

    /** @param at when they were committed */
    void add(DecisionTotals committed, Instant at) {
        committed.made().forEach((type, count) -> {
            LongAdder counter = made.get(type);
            if (counter != null) {
                counter.add(count);
            }
        });
        Timer timer = latency;
        if (timer != null) {
            committed.receipts().stream()
                    .map(receivedAt -> Duration.between(receivedAt, at))
                    .filter(waited -> !waited.isNegative() && waited.compareTo(LONGEST_WAIT) < 0)
                    .forEach(timer::record);
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        made.forEach((type, count) -> FunctionCounter.builder(
                        "stagecoach.lifecycle.decisions", count, LongAdder::doubleValue)
                .description("Decisions that were committed")
                .tag("kind", kindOf(type))
                .register(registry));
        latency = Timer.builder("stagecoach.lifecycle.decision.latency")
                .description(
                        "From the receipt of a ping or event by usage-ingest to the commit of what was decided on it")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** {@code stage-changed} of {@code stagecoach.lifecycle.stage-changed.v1}. */
    private static String kindOf(EventType type) {
        return type.wireName().replaceFirst("^stagecoach\\.lifecycle\\.", "").replaceFirst("\\.v[0-9]+$", "");
    }
}
