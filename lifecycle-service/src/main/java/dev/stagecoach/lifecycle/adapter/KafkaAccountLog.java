package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.events.exactlyonce.BatchHandler;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.ExactlyOnceMetrics;
import dev.stagecoach.events.exactlyonce.OutboxRelay;
import dev.stagecoach.events.exactlyonce.Received;
import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.lifecycle.LifecycleConfig;
import dev.stagecoach.lifecycle.policy.Policy;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads what happens to accounts and publishes what was decided. */
@ApplicationScoped
class KafkaAccountLog implements BatchHandler<Received> {
    private static final List<String> TOPICS =
            List.of(Topics.TIME_TICKS, Topics.ACCOUNTS, Topics.USAGE_PINGS, Topics.USAGE_EVENTS);

    private final FollowAccounts followAccounts;
    private final ExactlyOnceConsumer<Received> consumer;
    private final OutboxRelay relay;

    KafkaAccountLog(
            LifecycleConfig config,
            Policy policy,
            AgroalDataSource database,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        ConsumerSettings settings = new ConsumerSettings(
                bootstrapServers,
                "lifecycle-service",
                TOPICS,
                config.lifecycle().maxBatch());
        followAccounts = new FollowAccounts(policy);
        consumer = new ExactlyOnceConsumer<>(
                config.lifecycle().replica().map(settings::ofReplica).orElse(settings), database, Received::read, this);
        relay = new OutboxRelay(bootstrapServers, database);
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        new ExactlyOnceMetrics(consumer, relay).bindTo(meters);
        consumer.afterCommit(relay::wake);
        relay.start();
        consumer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        consumer.close();
        relay.close();
    }

    /** Tells that the outbox has something to publish. */
    void wakeRelay() {
        relay.wake();
    }

    /** Why no progress is made; empty when all is well. */
    Optional<String> problem() {
        return consumer.problem().or(relay::problem);
    }

    /** What is held up while all else goes on; empty when nothing is. */
    Optional<String> blocked() {
        return consumer.blocked().or(relay::blocked);
    }

    @Override
    public void handle(Connection transaction, List<Received> batch) {
        Map<Integer, List<Happening>> byPartition = new TreeMap<>();
        for (Received received : batch) {
            happening(received)
                    .ifPresent(happening -> byPartition
                            .computeIfAbsent(received.partition(), partition -> new ArrayList<>())
                            .add(happening));
        }
        byPartition.forEach(
                (partition, happenings) -> followAccounts.follow(new SqlBooks(transaction, partition), happenings));
    }

    private static Optional<Happening> happening(Received received) {
        String id = received.event().id();
        EventData data = received.event().data();
        if (data instanceof UsageEvent event) {
            return Optional.of(new Happening.Used(id, event));
        }
        if (data instanceof UsagePing ping) {
            return Optional.of(new Happening.Pinged(id, ping));
        }
        if (data instanceof AccountFacts facts) {
            return Optional.of(new Happening.FactsTold(id, facts));
        }
        return data instanceof TimeTick tick ? Optional.of(new Happening.Ticked(id, tick.at())) : Optional.empty();
    }
}
