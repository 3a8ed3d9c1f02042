package dev.stagecoach.bench;

import dev.stagecoach.bench.usage.MadeUpUsage;
import dev.stagecoach.bench.usage.UsageShape;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.UsageEvent;
import dev.stagecoach.local.process.Complaint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Usage events of now, so many a second, on a thread of its own until closed. */
final class SteadyLoad implements AutoCloseable {

    private static final int ACCOUNTS = 1_000;
    private static final int USERS = 100_000;
    private static final double NANOS = 1e9;

    private final EventLog log;
    private final int rate;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final Thread thread = new Thread(this::run, "load");
    private long startedAt;
    private volatile long countedFrom;
    private volatile long countedSince;

    private SteadyLoad(EventLog log, int rate) {
        this.log = log;
        this.rate = rate;
    }

    /** Tells its accounts, and begins. */
    static SteadyLoad start(String bootstrapServers, int rate) {
        var load = new SteadyLoad(new EventLog(bootstrapServers), rate);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private void run() {
        var today = LocalDate.now(ZoneOffset.UTC);
        try {
            new MadeUpUsage(new UsageShape(2, Integer.MAX_VALUE, ACCOUNTS, USERS, today, 1)).tell(this::write);
        } catch (CancellationException e) {
            // Closed: it tells more than anybody waits for.
        }
    }

    private void write(Event<?> event) {
        if (event.data() instanceof UsageEvent used) {
            awaitTurn();
            log.write(now(used));
            written.incrementAndGet();
        } else if (event.type() == EventType.ACCOUNT_FACTS) {
            log.write(event);
        }
    }

    private void awaitTurn() {
        if (closed.get()) {
            throw new CancellationException();
        }
        if (startedAt == 0) {
            startedAt = System.nanoTime();
        }
        long turn = startedAt + (long) (written.get() * NANOS / rate);
        long left = turn - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private static Event<UsageEvent> now(UsageEvent used) {
        var now = Instant.now();
        var event = new UsageEvent(
                used.id(),
                used.account(),
                used.instance(),
                used.user(),
                used.name(),
                used.feature(),
                used.action(),
                now.minusMillis(1),
                now,
                used.properties());
        return Event.of(event.id(), EventType.USAGE_EVENT, "/usage-ingest/v1/batch", event.account(), now, null, event);
    }

    void startCounting() {
        countedFrom = written.get();
        countedSince = System.nanoTime();
    }

    /** Since counting started. */
    double eventsPerSecond() {
        if (!thread.isAlive()) {
            throw new Complaint("The load has ended before its time.");
        }
        return (written.get() - countedFrom) / ((System.nanoTime() - countedSince) / NANOS);
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
