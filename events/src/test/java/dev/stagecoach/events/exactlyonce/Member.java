package dev.stagecoach.events.exactlyonce;

import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** What a replica of a service runs: a consumer and a relay. */
final class Member implements AutoCloseable {
    final ExactlyOnceConsumer<Received> consumer;
    final OutboxRelay relay;

    Member(ConsumerSettings settings, DataSource database, BatchHandler<Received> handler) {
        this(settings, Map.of(), database, handler);
    }

    Member(
            ConsumerSettings settings,
            Map<String, Object> kafkaSettings,
            DataSource database,
            BatchHandler<Received> handler) {
        this(settings, kafkaSettings, database, handler, new OutboxRelay(settings.kafka(), database));
    }

    /** One whose relay looks by itself only so often. */
    Member(ConsumerSettings settings, DataSource database, BatchHandler<Received> handler, Duration lookEvery) {
        this(
                settings,
                Map.of(),
                database,
                handler,
                new OutboxRelay(settings.kafka(), database, Duration.ZERO, lookEvery));
    }

    private Member(
            ConsumerSettings settings,
            Map<String, Object> kafkaSettings,
            DataSource database,
            BatchHandler<Received> handler,
            OutboxRelay relay) {
        consumer = new ExactlyOnceConsumer<>(settings, kafkaSettings, database, Received::read, handler);
        this.relay = relay;
        consumer.afterCommit(relay::wake);
    }

    Member start() {
        relay.start();
        consumer.start();
        return this;
    }

    ExactlyOnceMetrics metrics() {
        return new ExactlyOnceMetrics(consumer, relay);
    }

    @Override
    public void close() {
        consumer.close();
        relay.close();
    }
}
