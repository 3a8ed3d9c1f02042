package dev.stagecoach.lifecycle.adapter;

import static java.util.stream.Collectors.joining;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.UsageGlance;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.ExactlyOnceMetrics;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import dev.stagecoach.events.exactlyonce.OutboxRelay;
import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.lifecycle.LifecycleConfig;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.policy.Policy;
import dev.stagecoach.traces.Traces;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads what happens to accounts and publishes what was decided. */
@ApplicationScoped
class KafkaAccountLog {
    static final List<String> TOPICS =
            List.of(Topics.TIME_TICKS, Topics.ACCOUNTS, Topics.USAGE_PINGS, Topics.USAGE_EVENTS);

    /** Members of one group, each with a thread and partitions of its own. */
    private final List<ExactlyOnceConsumer<Incoming>> consumers;

    private final EventMetrics events = new EventMetrics();
    private final DecisionMetrics decisions = new DecisionMetrics();

    private final OutboxRelay relay;

    KafkaAccountLog(
            LifecycleConfig config,
            Policy policy,
            AgroalDataSource database,
            Traces traces,
            @Identifier("default-kafka-broker") Map<String, Object> kafkaSettings) {
        KafkaConnection kafka = new KafkaConnection(kafkaSettings);
        LifecycleConfig.Lifecycle lifecycle = config.lifecycle();
        requireSome("consumers", lifecycle.consumers());
        requireSome("repeat-window-days", lifecycle.repeatWindowDays());
        ConsumerSettings settings = new ConsumerSettings(kafka, "lifecycle-service", TOPICS, lifecycle.maxBatch());
        consumers = IntStream.rangeClosed(1, lifecycle.consumers())
                .mapToObj(number -> consumer(
                        lifecycle
                                .replica()
                                .map(replica -> settings.ofReplica(number == 1 ? replica : replica + "-" + number))
                                .orElse(settings),
                        database,
                        traces.isOn(),
                        new AccountBatches(
                                new FollowAccounts(policy),
                                lifecycle.usersRemembered() / lifecycle.consumers(),
                                lifecycle.repeatWindowDays(),
                                events,
                                decisions,
                                traces)))
                .toList();
        relay = new OutboxRelay(kafka, database);
    }

    private static void requireSome(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "stagecoach.lifecycle." + setting + ": " + value + " (expected: 1 or more)");
        }
    }

    private static ExactlyOnceConsumer<Incoming> consumer(
            ConsumerSettings settings, AgroalDataSource database, boolean traced, AccountBatches batches) {
        ExactlyOnceConsumer<Incoming> consumer =
                new ExactlyOnceConsumer<>(settings, database, consumed -> read(consumed, traced), batches);
        consumer.afterCommit(batches::committed);
        return consumer;
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        new ExactlyOnceMetrics(consumers, relay).bindTo(meters);
        events.bindTo(meters);
        decisions.bindTo(meters);
        relay.start();
        consumers.forEach(consumer -> {
            consumer.afterCommit(relay::wake);
            consumer.start();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        consumers.forEach(ExactlyOnceConsumer::close);
        relay.close();
    }

    /** Tells that the outbox has something to publish. */
    void wakeRelay() {
        relay.wake();
    }

    /** What is decided and not published yet; empty when that is unknown. */
    Optional<OutboxRelay.Unpublished> unpublished() {
        return relay.unpublished();
    }

    /** Why no progress is made; empty when all is well. */
    Optional<String> problem() {
        return ofAny(ExactlyOnceConsumer::problem).or(relay::problem);
    }

    /** What has ended for good although the service runs; empty when nothing has. */
    Optional<String> stopped() {
        return ofAny(ExactlyOnceConsumer::stopped).or(relay::stopped);
    }

    /** What is held up while all else goes on; empty when nothing is. */
    Optional<String> blocked() {
        return ofAny(ExactlyOnceConsumer::blocked).or(relay::blocked);
    }

    private Optional<String> ofAny(Function<ExactlyOnceConsumer<?>, Optional<String>> what) {
        String all = consumers.stream()
                .flatMap(consumer -> what.apply(consumer).stream())
                .distinct()
                .collect(joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** Something that happened, and the partition that it is about. */
    record Incoming(int partition, Happening happening) {}

    /** @param traced whether to look at each event of usage for a trace: there are many, and it takes its time */
    private static Optional<Incoming> read(ConsumerRecord<String, byte[]> consumed, boolean traced)
            throws UnreadableEventException {
        Optional<UsageGlance> glance = UsageGlance.read(consumed);
        if (glance.isPresent()) {
            UsageGlance usage = glance.get();
            Cause cause = new Cause(
                    usage.id(),
                    consumed.topic(),
                    consumed.partition(),
                    consumed.offset(),
                    usage.receivedAt(),
                    traced ? EventCodec.traceParent(consumed.headers()) : null);
            return Optional.of(new Incoming(
                    consumed.partition(),
                    new Happening.Used(
                            cause, usage.account(), usage.user(), usage.feature(), usage.at(), usage.receivedAt())));
        }
        return EventCodec.read(consumed)
                .flatMap(event -> happening(event, consumed))
                .map(happening -> new Incoming(consumed.partition(), happening));
    }

    private static Optional<Happening> happening(Event<?> event, ConsumerRecord<String, byte[]> consumed) {
        EventData data = event.data();
        if (data instanceof UsagePing ping) {
            return Optional.of(new Happening.Pinged(causeOf(event, consumed, ping.receivedAt()), ping));
        }
        Cause cause = causeOf(event, consumed, null);
        if (data instanceof AccountFacts facts) {
            return Optional.of(new Happening.FactsTold(cause, facts));
        }
        return data instanceof TimeTick tick ? Optional.of(new Happening.Ticked(cause, tick.at())) : Optional.empty();
    }

    private static Cause causeOf(
            Event<?> event, ConsumerRecord<String, byte[]> consumed, @Nullable Instant receivedAt) {
        return new Cause(
                event.id(), consumed.topic(), consumed.partition(), consumed.offset(), receivedAt, event.traceParent());
    }
}
