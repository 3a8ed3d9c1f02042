package dev.stagecoach.bench;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageChanged;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads {@code lifecycle.stages} along, and keeps when each change came. */
final class StageReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final Map<Change, Long> seenAt = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "stages");

    private record Change(String account, Stage to) {}

    StageReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        thread.setDaemon(true);
        thread.start();
    }

    /** When the account's change to that stage was read, as {@link System#nanoTime} tells it; empty while it was not. */
    OptionalLong seen(String account, Stage to) {
        var at = seenAt.get(new Change(account, to));
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    private void run() {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(EventLog.partitionsOf(Topics.LIFECYCLE_STAGES).toList());
            while (!closed.get()) {
                var changes = consumer.poll(POLL);
                long now = System.nanoTime();
                changes.forEach(change -> note(change, now));
            }
        }
    }

    private void note(ConsumerRecord<String, byte[]> message, long now) {
        try {
            EventCodec.read(message)
                    .map(event -> event.data() instanceof StageChanged changed && changed.to() != null
                            ? new Change(changed.account(), changed.to())
                            : null)
                    .ifPresent(change -> seenAt.putIfAbsent(change, now));
        } catch (UnreadableEventException e) {
            throw new IllegalStateException("an unreadable event on " + Topics.LIFECYCLE_STAGES, e);
        }
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
