package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.Deliveries.Turn;
import dev.stagecoach.alerts.PostMessages;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the messages of one channel on a thread of its own, so that a slow channel delays no other and no batch. */
final class ChatSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChatSender.class);
    private static final long NOT_YET_MILLIS = 200;
    private static final long IDLE_MILLIS = 1_000;

    private final PostMessages postMessages;
    private final String channel;
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread;

    ChatSender(PostMessages postMessages, String channel) {
        this.postMessages = postMessages;
        this.channel = channel;
        this.thread = new Thread(this::run, "chat-" + channel);
    }

    void start() {
        thread.start();
    }

    /** Says that a message may wait; never blocks. */
    void wake() {
        work.release();
    }

    @Override
    public void close() {
        closing.set(true);
        thread.interrupt();
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
            return postMessages.next(channel);
        } catch (RuntimeException e) {
            LOG.error("messages for {} could not be read and are tried again", channel, e);
            return Turn.NOTHING_WAITS;
        }
    }
}
