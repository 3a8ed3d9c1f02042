package dev.stagecoach.outreach.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what several threads want to have written, and writes what has come together in one transaction after the other, in
 * order. While one is being committed the next gathers, so that many writers cost hardly more commits than one.
 */
final class GroupCommit<T> {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_AT_ONCE = 500;
    /** So much may wait before who adds has to. */
    private static final int MOST_WAITING = 10_000;

    private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Consumer<List<T>> write;

    /**
     * Writes by this, on a thread of its own for as long as the process lives.
     *
     * @param write returns when all is written, or will never be
     */
    GroupCommit(String name, Consumer<List<T>> write) {
        this.write = write;
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    void add(T entry) {
        try {
            waiting.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before it could be written", e);
        }
    }

    private void run() {
        List<T> batch = new ArrayList<>();
        while (true) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                write.accept(List.copyOf(batch));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("{} entries are not written", batch.size(), e);
            }
            batch.clear();
        }
    }
}
