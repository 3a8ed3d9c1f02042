package dev.stagecoach.events.exactlyonce;

import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer and its outbox in numbers. Records that were read are applied, skipped or set aside:
 * {@code read = applied + skipped + set_aside{kind="unreadable"} + set_aside{kind="inapplicable"}}. The counters are this process's,
 * since it started; the outbox is the whole service's. What is not known is NaN.
 */
public final class ExactlyOnceMetrics implements MeterBinder {
    private static final String PREFIX = "stagecoach.consumer.";

    private final ExactlyOnceConsumer<?> consumer;
    private final OutboxRelay relay;

    public ExactlyOnceMetrics(ExactlyOnceConsumer<?> consumer, OutboxRelay relay) {
        this.consumer = consumer;
        this.relay = relay;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Figures figures = consumer.figures();
        counter(registry, "batches", "Batches committed", figures.batches, Tags.empty());
        counter(registry, "records.read", "Records in these batches", figures.read, Tags.empty());
        counter(registry, "records.applied", "Records applied", figures.applied, Tags.empty());
        counter(
                registry,
                "records.skipped",
                "Records of types that are not known, or not needed",
                figures.skipped,
                Tags.empty());
        setAside(registry, DeadLetters.Kind.UNREADABLE, figures.unreadable);
        setAside(registry, DeadLetters.Kind.INAPPLICABLE, figures.inapplicable);
        Gauge.builder(PREFIX + "problem", () -> isWell() ? 0 : 1)
                .description("1 while no progress is made, or something is waited for; /q/health/ready says what")
                .register(registry);
        Gauge.builder(PREFIX + "blocked", () -> consumer.blocked().isPresent() ? 1 : 0)
                .description("1 while a record holds up its partition; /q/health/ready says which")
                .register(registry);
        TimeGauge.builder(PREFIX + "progress.age", figures::secondsSinceProgress, TimeUnit.SECONDS)
                .description("Since a batch was committed, or there was nothing to do")
                .register(registry);
        bindOutbox(registry);
        bindLag(registry);
    }

    private boolean isWell() {
        return consumer.problem().isEmpty() && relay.problem().isEmpty();
    }

    private static void setAside(MeterRegistry registry, DeadLetters.Kind kind, LongAdder count) {
        counter(registry, "records.set.aside", "Records kept as dead letters", count, Tags.of("kind", kind.wireName()));
    }

    private static void counter(MeterRegistry registry, String name, String description, LongAdder count, Tags tags) {
        FunctionCounter.builder(PREFIX + name, count, LongAdder::doubleValue)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void bindOutbox(MeterRegistry registry) {
        Gauge.builder("stagecoach.outbox.rows", relay, publishing -> knownOrNaN(publishing.size()))
                .description("Events and dead letters that wait to be published")
                .register(registry);
        TimeGauge.builder("stagecoach.outbox.oldest", () -> relay.size().oldestSeconds(), TimeUnit.SECONDS)
                .description("How long the oldest of them has waited")
                .register(registry);
    }

    private static double knownOrNaN(OutboxSize size) {
        return size.isKnown() ? size.rows() : Double.NaN;
    }

    /** A partition that goes to another member must not stay here with its last figure. */
    private void bindLag(MeterRegistry registry) {
        MultiGauge lag = MultiGauge.builder(PREFIX + "lag")
                .description("Records that Kafka has and that are not applied")
                .register(registry);
        consumer.figures().whenPartitionsChange(partitions -> lag.register(rows(partitions), true));
    }

    private Iterable<MultiGauge.Row<?>> rows(Set<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> MultiGauge.Row.of(
                        Tags.of("topic", partition.topic(), "partition", String.valueOf(partition.partition())),
                        () -> lagOf(partition)))
                .collect(toList());
    }

    private double lagOf(TopicPartition partition) {
        Map<TopicPartition, Long> lags = consumer.figures().lags();
        Long lag = lags.get(partition);
        return lag == null ? Double.NaN : lag;
    }
}
