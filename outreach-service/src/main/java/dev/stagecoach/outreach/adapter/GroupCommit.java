package dev.stagecoach.outreach.adapter;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    private final Deque<T> waiting = new ArrayDeque<>();
    private final Consumer<List<T>> write;
    /** When the first that waits is to be written, by {@link System#nanoTime}; means nothing while none waits. */
    private long writeAt;

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

    /** Has it written now, with all that waits. */
    void add(T entry) {
        add(entry, Duration.ZERO);
    }

    /**
     * Has it written with the next one that is in a hurry.
     *
     * @param patience by itself when none has come so long after
     */
    synchronized void add(T entry, Duration patience) {
        try {
            while (waiting.size() >= MOST_WAITING) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before it could be written", e);
        }
        long at = System.nanoTime() + patience.toNanos();
        if (waiting.isEmpty() || at - writeAt < 0) {
            writeAt = at;
            notifyAll();
        }
        waiting.add(entry);
    }

    /** What has come meanwhile, for who writes and has to begin anew. */
    synchronized List<T> take() {
        List<T> taken = new ArrayList<>();
        while (!waiting.isEmpty() && taken.size() < MOST_AT_ONCE) {
            taken.add(waiting.remove());
        }
        notifyAll();
        return taken;
    }

    private synchronized List<T> await() throws InterruptedException {
        long rest = writeAt - System.nanoTime();
        while (waiting.isEmpty() || (rest > 0 && waiting.size() < MOST_AT_ONCE)) {
            if (waiting.isEmpty()) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, rest);
            }
            rest = writeAt - System.nanoTime();
        }
        return take();
    }

    private void run() {
        try {
            while (true) {
                write(await());
            }
        } catch (InterruptedException e) {
            LOG.debug("nothing is written any more", e);
        }
    }

    private void write(List<T> batch) {
        try {
            write.accept(batch);
        } catch (RuntimeException e) {
            LOG.error("{} entries are not written", batch.size(), e);
        }
    }
}
