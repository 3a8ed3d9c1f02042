package dev.stagecoach.local;

import dev.stagecoach.local.chaos.Fault;
import dev.stagecoach.local.chaos.FaultPlan;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Lets the parts of a stack fail by plan while days pass. What has failed comes back by itself after its time. */
final class FaultInjector implements AutoCloseable {

    /** A day on which everything waits for something that failed says nothing about where in the next one something is to fail. */
    private static final Duration LONGEST_DAY = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FaultPlan plan;
    private final List<Victim> victims;
    private final Consumer<String> tell;
    private final ExecutorService failing = Executors.newSingleThreadExecutor(FaultInjector::daemon);
    private final ExecutorService comingBack = Executors.newCachedThreadPool(FaultInjector::daemon);

    /** When each victim, and a broker at all, is up again. */
    private final Map<Object, CompletableFuture<Void>> back = new HashMap<>();

    private final Map<String, Map<Fault.Kind, Integer>> done = new TreeMap<>();
    private CompletableFuture<Void> ofThisDay = CompletableFuture.completedFuture(null);
    private long dayBegan = System.nanoTime();

    /** @param tell takes a line for each fault */
    FaultInjector(FaultPlan plan, List<Victim> victims, Consumer<String> tell) {
        this.plan = plan;
        this.victims = List.copyOf(victims);
        this.tell = tell;
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "fault");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until all that was to fail on this day has, and has the next day's faults come. */
    void dayIsOver(LocalDate day) {
        join(ofThisDay);
        long now = System.nanoTime();
        long length = Math.min(now - dayBegan, LONGEST_DAY.toNanos());
        dayBegan = now;
        var faults = plan.on(day.plusDays(1));
        ofThisDay = CompletableFuture.runAsync(() -> faults.forEach(fault -> fail(fault, now, length)), failing);
    }

    /** Waits until everything is up. */
    void awaitAllBack() {
        join(ofThisDay);
        List.copyOf(back.values()).forEach(FaultInjector::join);
    }

    private static void join(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void fail(Fault fault, long dayBegins, long dayLength) {
        if (!sleepUntil(dayBegins + (long) (fault.partOfDay() * dayLength))) {
            return;
        }
        var victim = victims.get(fault.target());
        var turn = victim.isBroker() ? "brokers" : victim;
        join(back.getOrDefault(turn, CompletableFuture.completedFuture(null)));
        tell.accept("%s  %-7s %s for %.1f s"
                .formatted(
                        fault.day(),
                        fault.kind() == Fault.Kind.KILL ? "kill -9" : "freeze",
                        victim,
                        fault.away().toMillis() / 1000.0));
        victim.fail(fault.kind());
        done.computeIfAbsent(victim.toString(), name -> new TreeMap<>()).merge(fault.kind(), 1, Integer::sum);
        long until = System.nanoTime() + fault.away().toNanos();
        back.put(
                turn,
                CompletableFuture.runAsync(
                        () -> {
                            // What was killed stays away when all of it is to end; what is frozen could not.
                            if (sleepUntil(until) || fault.kind() == Fault.Kind.FREEZE) {
                                victim.comeBack(fault.kind());
                            }
                        },
                        comingBack));
    }

    /** Returns false, and earlier, if this is to end. */
    private static boolean sleepUntil(long nanoTime) {
        while (System.nanoTime() < nanoTime && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
        return !Thread.currentThread().isInterrupted();
    }

    /** What has failed so far: how often by victim and kind. After {@link #awaitAllBack}. */
    Map<String, Map<Fault.Kind, Integer>> done() {
        return done;
    }

    /** Nothing fails any more, and nobody starts anything, when this returns. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        end(failing);
        end(comingBack);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("something that was to come back after a fault still does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
