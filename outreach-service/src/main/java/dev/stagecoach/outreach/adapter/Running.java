package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.Topics;
import dev.stagecoach.events.exactlyonce.ConsumerSettings;
import dev.stagecoach.events.exactlyonce.ExactlyOnceConsumer;
import dev.stagecoach.events.exactlyonce.ExactlyOnceMetrics;
import dev.stagecoach.events.exactlyonce.KafkaConnection;
import dev.stagecoach.events.exactlyonce.OutboxRelay;
import dev.stagecoach.events.exactlyonce.Received;
import dev.stagecoach.outreach.ApplyEvents;
import dev.stagecoach.outreach.OutreachConfig;
import dev.stagecoach.traces.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Starts what runs by itself, and stops it in order: first no more decisions, then no more mails, then the news of both. */
@ApplicationScoped
class Running {
    static final String GROUP = "outreach-service";

    static final List<String> TOPICS = List.of(
            Topics.TIME_TICKS,
            Topics.ACCOUNTS,
            Topics.CONTACTS,
            Topics.LIFECYCLE_STAGES,
            Topics.LIFECYCLE_HEALTH,
            Topics.LIFECYCLE_MILESTONES,
            Topics.LIFECYCLE_USAGE,
            Topics.LIFECYCLE_RECAPS);

    private final ExactlyOnceConsumer<Received> consumer;
    private final MailSender sender;
    private final OutboxRelay relay;
    private final CampaignKinds kinds;
    private final DataSource database;
    private final KafkaEvents events;

    Running(
            OutreachConfig config,
            ApplyEvents applyEvents,
            MailSender sender,
            OutboxRelay relay,
            CampaignKinds kinds,
            DataSource database,
            Traces traces,
            KafkaConnection kafka) {
        ConsumerSettings anyReplica = new ConsumerSettings(kafka, GROUP, TOPICS, config.maxBatch()).holdingPeople();
        ConsumerSettings settings = config.replica().map(anyReplica::ofReplica).orElse(anyReplica);
        this.sender = sender;
        this.relay = relay;
        this.kinds = kinds;
        this.database = database;
        this.events = new KafkaEvents(
                applyEvents, sender, new KafkaTold(kafka, database), new CatchingUp(kafka, database), traces);
        this.consumer = new ExactlyOnceConsumer<>(settings, database, Received::read, events);
    }

    void start(@Observes StartupEvent event, MeterRegistry meters) {
        kinds.save(database);
        new ExactlyOnceMetrics(consumer, relay).bindTo(meters);
        consumer.afterCommit(events::committed);
        consumer.afterCommit(sender::wake);
        consumer.afterCommit(relay::wake);
        relay.start();
        sender.start();
        consumer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        consumer.close();
        sender.close();
        relay.close();
    }

    /** What is decided and not published yet; empty when that is unknown. */
    Optional<OutboxRelay.Unpublished> unpublished() {
        return relay.unpublished();
    }

    /** Why no progress is made; empty when all is well. */
    Optional<String> problem() {
        return consumer.problem().or(relay::problem);
    }

    /** What has ended for good although the service runs; empty when nothing has. */
    Optional<String> stopped() {
        return consumer.stopped().or(relay::stopped);
    }

    /** What is held up while all else goes on; empty when nothing is. */
    Optional<String> blocked() {
        return consumer.blocked().or(relay::blocked);
    }
}
