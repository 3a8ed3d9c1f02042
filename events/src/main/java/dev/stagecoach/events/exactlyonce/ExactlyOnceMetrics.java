package dev.stagecoach.events.exactlyonce;

import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * The consumers of a process, taken together, and their outbox in numbers. Records that were read are applied, skipped or set aside:
 * {@code read = applied + skipped + set_aside{kind="unreadable"} + set_aside{kind="inapplicable"}}. The counters are this process's,
 * since it started; the outbox is the whole service's. What is not known is NaN.
 */
public final class ExactlyOnceMetrics implements MeterBinder {
    private static final String PREFIX = "stagecoach.consumer.";

    private final List<? extends ExactlyOnceConsumer<?>> consumers;
    private final OutboxRelay relay;

    public ExactlyOnceMetrics(ExactlyOnceConsumer<?> consumer, OutboxRelay relay) {
        this(List.of(consumer), relay);
    }

    /** @param consumers all of the same group */
    public ExactlyOnceMetrics(List<? extends ExactlyOnceConsumer<?>> consumers, OutboxRelay relay) {
        this.consumers = List.copyOf(consumers);
        this.relay = relay;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "batches", "Batches committed", figures -> figures.batches, Tags.empty());
        counter(registry, "records.read", "Records in committed batches", figures -> figures.read, Tags.empty());
        counter(registry, "records.applied", "Records applied", figures -> figures.applied, Tags.empty());
        counter(
                registry,
                "records.skipped",
                "Records of types that are not known, or not needed",
                figures -> figures.skipped,
                Tags.empty());
        setAside(registry, DeadLetters.Kind.UNREADABLE, figures -> figures.unreadable);
        setAside(registry, DeadLetters.Kind.INAPPLICABLE, figures -> figures.inapplicable);
        Gauge.builder(PREFIX + "problem", () -> isWell() ? 0 : 1)
                .description("1 while no progress is made, or something is waited for; /q/health/ready says what")
                .register(registry);
        Gauge.builder(PREFIX + "blocked", () -> isBlocked() ? 1 : 0)
                .description("1 while a record holds up its partition; /q/health/ready says which")
                .register(registry);
        TimeGauge.builder(PREFIX + "progress.age", this::secondsSinceProgress, TimeUnit.SECONDS)
                .description(
                        "Since a batch was committed, or there was nothing to do, by the consumer that has made none for longest")
                .register(registry);
        bindOutbox(registry);
        bindLag(registry);
    }

    private boolean isWell() {
        return relay.problem().isEmpty()
                && consumers.stream().allMatch(consumer -> consumer.problem().isEmpty());
    }

    private boolean isBlocked() {
        return consumers.stream().anyMatch(consumer -> consumer.blocked().isPresent());
    }

    private double secondsSinceProgress() {
        return consumers.stream()
                .mapToDouble(consumer -> consumer.figures().secondsSinceProgress())
                .max()
                .orElse(Double.NaN);
    }

    private void setAside(MeterRegistry registry, DeadLetters.Kind kind, Function<Figures, LongAdder> count) {
        counter(registry, "records.set.aside", "Records kept as dead letters", count, Tags.of("kind", kind.wireName()));
    }

    private void counter(
            MeterRegistry registry, String name, String description, Function<Figures, LongAdder> count, Tags tags) {
        FunctionCounter.builder(
                        PREFIX + name,
                        consumers,
                        members -> members.stream()
                                .mapToDouble(
                                        member -> count.apply(member.figures()).doubleValue())
                                .sum())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void bindOutbox(MeterRegistry registry) {
        Gauge.builder("stagecoach.outbox.rows", relay, publishing -> knownOrNaN(publishing.size()))
                .description("Events and dead letters that wait to be published")
                .register(registry);
        TimeGauge.builder("stagecoach.outbox.oldest", () -> relay.size().oldestSeconds(), TimeUnit.SECONDS)
                .description("How long the oldest of what waits to be published has waited")
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
        for (ExactlyOnceConsumer<?> consumer : consumers) {
            consumer.figures().whenPartitionsChange(() -> show(lag));
        }
        // Those that it owned before do not change any more, perhaps.
        show(lag);
    }

    /** One consumer after the other: rows that were gathered before another's change must not replace those with it. */
    private synchronized void show(MultiGauge lag) {
        lag.register(rows(), true);
    }

    private Iterable<MultiGauge.Row<?>> rows() {
        return consumers.stream()
                .flatMap(consumer -> consumer.figures().lags().keySet().stream())
                .distinct()
                .map(partition -> MultiGauge.Row.of(
                        Tags.of("topic", partition.topic(), "partition", String.valueOf(partition.partition())),
                        () -> lagOf(partition)))
                .collect(toList());
    }

    private double lagOf(TopicPartition partition) {
        for (ExactlyOnceConsumer<?> consumer : consumers) {
            Long lag = consumer.figures().lags().get(partition);
            if (lag != null) {
                return lag;
            }
        }
        return Double.NaN;
    }
}
