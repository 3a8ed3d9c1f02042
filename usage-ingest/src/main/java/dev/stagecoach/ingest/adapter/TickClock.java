package dev.stagecoach.ingest.adapter;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.UnreadableEventException;
import dev.stagecoach.ingest.ReceiptClock;
import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands at the newest tick of {@code time.ticks} that has been seen. Never goes back. */
final class TickClock implements ReceiptClock, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TickClock.class);

    private final AtomicReference<@Nullable Instant> newest = new AtomicReference<>();
    private final TopicFollower follower;

    TickClock(Map<String, Object> kafka) {
        follower = new TopicFollower(kafka, Topics.TIME_TICKS, TopicFollower.Start.LAST_RECORD, this::apply);
        follower.start();
    }

    @Override
    public Instant now() {
        Instant now = newest.get();
        if (now == null) {
            throw new RefusedException(Refusal.NOT_READY, "no tick of time yet; send it again");
        }
        return now;
    }

    private void apply(ConsumerRecord<String, byte[]> consumed) {
        try {
            EventCodec.read(consumed).ifPresent(event -> {
                if (event.data() instanceof TimeTick tick) {
                    advance(tick.at().truncatedTo(ChronoUnit.MILLIS));
                }
            });
        } catch (UnreadableEventException e) {
            LOG.warnf(
                    "Skipped %s-%d@%d: %s", consumed.topic(), consumed.partition(), consumed.offset(), e.getMessage());
        }
    }

    private void advance(Instant at) {
        newest.accumulateAndGet(at, (now, next) -> now == null || next.isAfter(now) ? next : now);
    }

    @Override
    public void close() {
        follower.close();
    }
}
