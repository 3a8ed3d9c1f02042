package dev.stagecoach.events.exactlyonce;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/**
 * What a member has done since it started, counted when the commit was confirmed, and has left to do. Written by the consumer's
 * thread, read by any.
 */
final class Figures {
    final LongAdder batches = new LongAdder();
    final LongAdder read = new LongAdder();
    final LongAdder applied = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder inapplicable = new LongAdder();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<TopicPartition, Long> lags = Map.of();
    private volatile long lastProgress = System.nanoTime();

    void add(Tally tally) {
        batches.increment();
        read.add(tally.read());
        applied.add(tally.applied());
        skipped.add(tally.skipped());
        unreadable.add(tally.unreadable());
        inapplicable.add(tally.inapplicable());
    }

    /** Records that Kafka has and that are not applied, of each partition that this member owns. */
    Map<TopicPartition, Long> lags() {
        return lags;
    }

    void lags(Map<TopicPartition, Long> measured) {
        boolean changed = !lags.keySet().equals(measured.keySet());
        lags = Map.copyOf(measured);
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    void whenPartitionsChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * @param committed whether a batch was committed
     * @param well whether nothing is waited for: then a member that has nothing to do is where it should be
     */
    void stepDone(boolean committed, boolean well) {
        if (committed || (well && lags.values().stream().allMatch(lag -> lag == 0))) {
            lastProgress = System.nanoTime();
        }
    }

    /** Since a batch was committed, or there was nothing to do. */
    double secondsSinceProgress() {
        return (System.nanoTime() - lastProgress) / 1e9;
    }
}
