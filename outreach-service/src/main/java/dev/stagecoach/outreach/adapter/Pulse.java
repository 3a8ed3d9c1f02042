package dev.stagecoach.outreach.adapter;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Knows whether this process stood still: frozen, starved, or stopped by its own collector. Whoever stands still for longer than a session
 * in Kafka has been given up by the others by the time it goes on, and does not know it yet.
 */
final class Pulse implements AutoCloseable {
    /** Others take over after ten seconds without a heartbeat, of which up to three may have passed before the standstill. */
    static final Duration STANDSTILL = Duration.ofSeconds(3);

    private static final Duration BEAT = Duration.ofMillis(200);

    private final LongSupplier nanoTime;
    private volatile long lastBeat;
    private volatile long lastStandstill;
    private volatile boolean closed;

    /** One that beats only when it is told to; {@link #started} makes those that beat by themselves. */
    Pulse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastBeat = nanoTime.getAsLong();
        this.lastStandstill = lastBeat;
    }

    /** One that beats by itself until it is closed. */
    static Pulse started() {
        Pulse pulse = new Pulse(System::nanoTime);
        Thread thread = new Thread(pulse::beatOnAndOn, "pulse");
        thread.setDaemon(true);
        thread.start();
        return pulse;
    }

    private void beatOnAndOn() {
        while (!closed) {
            beat();
            LockSupport.parkNanos(BEAT.toNanos());
        }
    }

    void beat() {
        long now = nanoTime.getAsLong();
        if (now - lastBeat > STANDSTILL.toNanos()) {
            lastStandstill = now;
        }
        lastBeat = now;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Whether it stood still since that time of {@link #now}, also when it has only just gone on. */
    boolean stoodStillSince(long time) {
        return now() - lastBeat > STANDSTILL.toNanos() || lastStandstill - time > 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
