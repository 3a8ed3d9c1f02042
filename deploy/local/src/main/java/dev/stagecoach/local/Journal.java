package dev.stagecoach.local;

import dev.stagecoach.events.AlertRaised;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.MessageOutcome;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads along what the services decide and do: stage changes, mails and alerts, each once however often it was published.
 */
final class Journal implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final List<TopicPartition> PARTITIONS = Stream.of(
                    Topics.LIFECYCLE_STAGES,
                    Topics.LIFECYCLE_MILESTONES,
                    Topics.OUTREACH_MESSAGES,
                    Topics.ALERTS_CUSTOMER_USAGE,
                    Topics.ALERTS_SCALED_SUCCESS,
                    Topics.ALERTS_GTM_OPERATIONS)
            .flatMap(topic -> IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition)))
            .toList();

    private final String bootstrapServers;
    private final KafkaConsumer<String, byte[]> kafka;
    private volatile Consumer<Event<?>> listener = event -> {};
    private final Thread thread = new Thread(this::run, "journal");
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Guards all below. */
    private final Object lock = new Object();

    private final Map<TopicPartition, Long> position = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<Event<?>> events = new ArrayList<>();
    private final List<Event<?>> repeated = new ArrayList<>();

    Journal(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.kafka = consumer(bootstrapServers);
        kafka.assign(PARTITIONS);
        thread.setDaemon(true);
    }

    private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Reads what there is, and then what comes.
     *
     * @param toldWhatComes called for each event that was not there before, when it is seen for the first time, on a thread of the
     *     journal's
     */
    void start(Consumer<Event<?>> toldWhatComes) {
        thread.start();
        awaitAll();
        listener = toldWhatComes;
    }

    private void run() {
        try (kafka) {
            while (!closing.get()) {
                for (var consumed : kafka.poll(POLL)) {
                    note(consumed);
                }
            }
        } catch (WakeupException e) {
            // Closing.
        }
    }

    private void note(ConsumerRecord<String, byte[]> consumed) {
        var event = read(consumed);
        boolean isNew;
        synchronized (lock) {
            isNew = ids.add(event.id());
            (isNew ? events : repeated).add(event);
        }
        if (isNew) {
            listener.accept(event);
        }
        synchronized (lock) {
            position.put(new TopicPartition(consumed.topic(), consumed.partition()), consumed.offset() + 1);
        }
    }

    private static Event<?> read(ConsumerRecord<String, byte[]> consumed) {
        try {
            return EventCodec.read(consumed)
                    .orElseThrow(() -> new IllegalStateException("an event of no known type on " + consumed.topic()));
        } catch (UnreadableEventException e) {
            throw new IllegalStateException("an unreadable event on " + consumed.topic(), e);
        }
    }

    /** Waits until everything is here that Kafka has now. */
    void awaitAll() {
        var ends = ends();
        boolean done = Patience.of(PATIENCE, PAUSE).until(() -> {
            synchronized (lock) {
                return ends.entrySet().stream()
                        .allMatch(end -> position.getOrDefault(end.getKey(), 0L) >= end.getValue());
            }
        });
        if (!done) {
            throw new Complaint("What the services published could not be read within " + PATIENCE.toSeconds() + " s.");
        }
    }

    private Map<TopicPartition, Long> ends() {
        // The consumer belongs to the journal's thread.
        try (var another = consumer(bootstrapServers)) {
            return another.endOffsets(PARTITIONS);
        }
    }

    /** Everything seen so far, each event once. */
    List<Event<?>> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    /** Everything that came again, as it came. */
    List<Event<?>> repeated() {
        synchronized (lock) {
            return List.copyOf(repeated);
        }
    }

    List<StageChanged> stageChanges(String account) {
        return events().stream()
                .map(Event::data)
                .filter(StageChanged.class::isInstance)
                .map(StageChanged.class::cast)
                .filter(change -> change.account().equals(account))
                .toList();
    }

    List<MessageOutcome> mails(String account) {
        return mails().stream().filter(mail -> mail.account().equals(account)).toList();
    }

    /** The mails that were sent. */
    List<MessageOutcome> mails() {
        return events().stream()
                .filter(event -> event.type() == EventType.MESSAGE_SENT)
                .map(event -> (MessageOutcome) event.data())
                .toList();
    }

    List<AlertRaised> alerts(String account) {
        return events().stream()
                .map(Event::data)
                .filter(AlertRaised.class::isInstance)
                .map(AlertRaised.class::cast)
                .filter(alert -> Objects.equals(alert.account(), account))
                .toList();
    }

    @Override
    public void close() {
        closing.set(true);
        kafka.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
