package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Deliveries.Turn;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what goes to one place on a thread of its own, so that a slow place delays no other and no batch. */
final class Sender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final long NOT_YET_MILLIS = 200;
    private static final long IDLE_MILLIS = 1_000;

    private final String name;
    private final Supplier<Turn> messages;
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread;

    /** @param messages tries the next one */
    Sender(String name, Supplier<Turn> messages) {
        this.name = name;
        this.messages = messages;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    /** Says that a message may wait; never blocks. */
    void wake() {
        work.release();
    }

    /** Says that no further message is to be tried. */
    void end() {
        closing.set(true);
        thread.interrupt();
    }

    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.get()) {
                Turn turn = next();
                if (turn == Turn.NOT_YET) {
                    TimeUnit.MILLISECONDS.sleep(NOT_YET_MILLIS);
                } else if (turn == Turn.NOTHING_WAITS && work.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Turn next() {
        try {
            return messages.get();
        } catch (RuntimeException e) {
            LOG.error("messages of {} could not be read and are tried again", name, e);
            return Turn.NOTHING_WAITS;
        }
    }
}
