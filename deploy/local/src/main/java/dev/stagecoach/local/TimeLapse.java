package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import dev.stagecoach.platform.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Plays the sample portfolio, a tick of time per day at 17:00 UTC. Each day time moves first; then what became known that day, and
 * what was used between midnight and the tick, goes in through the HTTP endpoints; and when everything that follows from it has been
 * decided and done, the next day begins. So a day counts as complete from the next day's tick on.
 */
final class TimeLapse {

    private static final LocalTime TIME_OF_TICK = LocalTime.of(17, 0);
    private static final Duration INGEST_PATIENCE = Duration.ofSeconds(60);
    private static final Duration INGEST_PAUSE = Duration.ofMillis(2);

    private final Portfolio portfolio;
    private final Stack stack;
    private final Api api;
    private final CaughtUp caughtUp;
    private final Ticks ticks;
    private final double daysPerSecond;

    /** @param daysPerSecond the most days in a second; 0 for as many as possible */
    TimeLapse(Portfolio portfolio, Stack stack, Api api, CaughtUp caughtUp, Ticks ticks, double daysPerSecond) {
        this.portfolio = portfolio;
        this.stack = stack;
        this.api = api;
        this.caughtUp = caughtUp;
        this.ticks = ticks;
        this.daysPerSecond = daysPerSecond;
    }

    /** The instant of a day's tick. */
    static Instant tickOf(LocalDate date) {
        return date.atTime(TIME_OF_TICK).toInstant(ZoneOffset.UTC);
    }

    /**
     * Plays a span of days, both ends included.
     *
     * @param afterDay told each day that is done
     * @throws Complaint if a request is refused, or a service ends or falls behind
     */
    void play(LocalDate first, LocalDate last, Consumer<LocalDate> afterDay) {
        for (var date = first; !date.isAfter(last); date = date.plusDays(1)) {
            long startedAt = System.nanoTime();
            play(date);
            afterDay.accept(date);
            keepPace(startedAt);
        }
    }

    private void play(LocalDate date) {
        var day = portfolio.day(date);
        ticks.publish(tickOf(date));
        caughtUp.await(Service.LIFECYCLE);
        awaitIngest(tickOf(date));
        if (!day.facts().isEmpty()) {
            api.sendAll(day.facts());
            caughtUp.await(Service.LIFECYCLE);
        }
        if (!day.contacts().isEmpty()) {
            api.sendAll(day.contacts());
            caughtUp.await(Service.LIFECYCLE, Service.OUTREACH);
        }
        api.sendAll(day.usage());
        caughtUp.await(Service.LIFECYCLE, Service.OUTREACH, Service.ALERTS);
    }

    /** What usage-ingest receives is stamped with the time at which it stands. */
    private void awaitIngest(Instant tick) {
        boolean arrived = Patience.of(INGEST_PATIENCE, INGEST_PAUSE).until(() -> api.ingestHasReached(tick));
        if (!arrived) {
            throw new Complaint("The tick of " + tick + " did not reach usage-ingest; its log is "
                    + stack.log(Service.INGEST) + ".");
        }
    }

    private void keepPace(long startedAt) {
        if (daysPerSecond > 0) {
            long end = startedAt + (long) (Duration.ofSeconds(1).toNanos() / daysPerSecond);
            while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
    }
}
