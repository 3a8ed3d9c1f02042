package dev.stagecoach.lifecycle.adapter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the events that this process applied, once their transactions were committed: {@code applied = counted + repeated}, and
 * those unchecked are among the counted.
 */
final class EventMetrics implements MeterBinder {
    private static final String PREFIX = "stagecoach.lifecycle.events.";

    private final LongAdder counted = new LongAdder();
    private final LongAdder unchecked = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    void add(EventTotals committed) {
        counted.add(committed.counted());
        unchecked.add(committed.unchecked());
        repeated.add(committed.repeated());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "counted", "Usage events that were counted", counted);
        counter(
                registry,
                "unchecked",
                "Counted events that were received too long before others to know whether they were counted before",
                unchecked);
        counter(registry, "repeated", "Usage events that were counted before, and not again", repeated);
    }

    private static void counter(MeterRegistry registry, String name, String description, LongAdder count) {
        FunctionCounter.builder(PREFIX + name, count, LongAdder::doubleValue)
                .description(description)
                .register(registry);
    }
}
