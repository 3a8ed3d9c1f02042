package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventData;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.events.UsageGlance;
import dev.stagecoach.events.UsagePing;
import dev.stagecoach.events.exactlyonce.BatchHandler;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.ExactlyOnceMetrics;
import dev.stagecoach.events.exactlyonce.OutboxRelay;
import dev.stagecoach.lifecycle.FollowAccounts;
import dev.stagecoach.lifecycle.Happening;
import dev.stagecoach.lifecycle.LifecycleConfig;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.policy.Policy;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads what happens to accounts and publishes what was decided. */
@ApplicationScoped
class KafkaAccountLog implements BatchHandler<KafkaAccountLog.Incoming> {
    private static final List<String> TOPICS =
            List.of(Topics.TIME_TICKS, Topics.ACCOUNTS, Topics.USAGE_PINGS, Topics.USAGE_EVENTS);

    private final FollowAccounts followAccounts;
    private final ExactlyOnceConsumer<Incoming> consumer;
    private final OutboxRelay relay;
    private final int usersRemembered;
    /** By partition; touched by the consumer's thread only. */
    private final Map<Integer, Shelf> shelves = new HashMap<>();

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
        usersRemembered = config.lifecycle().usersRemembered();
        followAccounts = new FollowAccounts(policy);
        consumer = new ExactlyOnceConsumer<>(
                config.lifecycle().replica().map(settings::ofReplica).orElse(settings),
                database,
                KafkaAccountLog::read,
                this);
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
    public void handle(Connection transaction, List<Incoming> batch) {
        Map<Integer, List<Happening>> byPartition = new TreeMap<>();
        int partition = -1;
        List<Happening> happenings = List.of();
        // Those of a partition come together.
        for (Incoming incoming : batch) {
            if (incoming.partition() != partition) {
                partition = incoming.partition();
                happenings = byPartition.computeIfAbsent(partition, number -> new ArrayList<>());
            }
            happenings.add(incoming.happening());
        }
        List<SqlBooks> used = new ArrayList<>();
        byPartition.forEach((number, ofPartition) -> {
            SqlBooks books = new SqlBooks(transaction, number, shelfOf(number));
            books.open(ofPartition);
            followAccounts.follow(books, ofPartition);
            used.add(books);
        });
        SqlBooks.keep(transaction, used);
    }

    private Shelf shelfOf(int partition) {
        return shelves.computeIfAbsent(partition, number -> new Shelf(usersRemembered / Topics.DEFAULT_PARTITIONS));
    }

    /** What is remembered may be of a transaction that never was, or another's to change now. */
    @Override
    public void revoked(Set<Integer> partitions) {
        shelves.keySet().removeAll(partitions);
    }

    /** Something that happened, and the partition that it is about. */
    record Incoming(int partition, Happening happening) {}

    static Optional<Incoming> read(ConsumerRecord<String, byte[]> consumed) throws UnreadableEventException {
        Optional<UsageGlance> glance = UsageGlance.read(consumed);
        if (glance.isPresent()) {
            UsageGlance usage = glance.get();
            Cause cause = new Cause(usage.id(), consumed.topic(), consumed.partition(), consumed.offset());
            return Optional.of(new Incoming(
                    consumed.partition(),
                    new Happening.Used(cause, usage.account(), usage.user(), usage.feature(), usage.at())));
        }
        return EventCodec.read(consumed)
                .flatMap(event -> happening(event, consumed))
                .map(happening -> new Incoming(consumed.partition(), happening));
    }

    private static Optional<Happening> happening(Event<?> event, ConsumerRecord<String, byte[]> consumed) {
        Cause cause = new Cause(event.id(), consumed.topic(), consumed.partition(), consumed.offset());
        EventData data = event.data();
        if (data instanceof UsagePing ping) {
            return Optional.of(new Happening.Pinged(cause, ping));
        }
        if (data instanceof AccountFacts facts) {
            return Optional.of(new Happening.FactsTold(cause, facts));
        }
        return data instanceof TimeTick tick ? Optional.of(new Happening.Ticked(cause, tick.at())) : Optional.empty();
    }
}
