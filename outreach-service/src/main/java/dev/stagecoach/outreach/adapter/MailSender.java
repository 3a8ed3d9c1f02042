package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Deliveries;
import dev.stagecoach.outreach.DueMail;
import dev.stagecoach.outreach.SendDueMail;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due in the partitions that this process owns, several mails at a time. Apart from the batches: no batch waits
 * for a mail server. While the server cannot be reached, mails stay planned.
 */
final class MailSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration TIDY_UP_EVERY = Duration.ofMinutes(1);
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(15);
    private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(10);

    private final Deliveries deliveries;
    private final SendDueMail sendDueMail;
    private final BooleanSupplier serverAnswers;
    private final int connections;

    private final Semaphore wakeUps = new Semaphore(0);
    private final Semaphore free;
    private final Map<String, Integer> inFlight = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ExecutorService workers;
    private final Thread dispatcher;
    private volatile Set<Integer> owned = Set.of();
    private volatile @Nullable String trouble;

    MailSender(Deliveries deliveries, SendDueMail sendDueMail, BooleanSupplier serverAnswers, int connections) {
        this.deliveries = deliveries;
        this.sendDueMail = sendDueMail;
        this.serverAnswers = serverAnswers;
        this.connections = connections;
        this.free = new Semaphore(connections);
        this.workers = Executors.newFixedThreadPool(connections, task -> new Thread(task, "mail-sender"));
        this.dispatcher = new Thread(this::run, "mail-dispatcher");
    }

    void start() {
        dispatcher.start();
    }

    /** Looks for due mails now rather than at the next turn. */
    void wake() {
        wakeUps.release();
    }

    /** Takes over: what former owners have left half done is declared unknown first. */
    void own(Set<Integer> partitions) {
        int unknown = deliveries.abandon(partitions, Duration.ZERO);
        if (unknown > 0) {
            LOG.warn("{} mails were left half sent by another process; nobody knows whether they arrived", unknown);
        }
        owned = Set.copyOf(partitions);
        wake();
    }

    /** Stops taking mails of these partitions, and waits a while for those at hand. */
    void disown(Set<Integer> partitions) {
        Set<Integer> rest = new HashSet<>(owned);
        rest.removeAll(partitions);
        owned = Set.copyOf(rest);
        long deadline = System.nanoTime() + HAND_OVER_WITHIN.toNanos();
        while (inFlight.values().stream().anyMatch(partitions::contains) && System.nanoTime() < deadline) {
            pause(Duration.ofMillis(10));
        }
    }

    /** Why mails wait although they are due; empty when all is well. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        wake();
        try {
            dispatcher.join(HAND_OVER_WITHIN.toMillis());
            workers.shutdown();
            if (!workers.awaitTermination(HAND_OVER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} mails are still being handed over", inFlight.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        long tidyUpAt = System.nanoTime() + TIDY_UP_EVERY.toNanos();
        while (!closing.get()) {
            try {
                if (trouble != null && !serverAnswers.getAsBoolean()) {
                    pause(pause);
                    pause = longer(pause);
                    continue;
                }
                if (!sendSome()) {
                    awaitWork();
                }
                if (System.nanoTime() > tidyUpAt) {
                    deliveries.abandon(owned, LEFT_BEHIND);
                    tidyUpAt = System.nanoTime() + TIDY_UP_EVERY.toNanos();
                }
                pause = trouble == null ? SHORTEST_PAUSE : longer(pause);
            } catch (RuntimeException e) {
                trouble = "the ledger cannot be read: " + e.getMessage();
                LOG.error("cannot send, trying again", e);
                pause(pause);
                pause = longer(pause);
            }
        }
    }

    /** Sends what fits, and says whether there may be more. */
    private boolean sendSome() {
        Set<Integer> partitions = owned;
        if (partitions.isEmpty()) {
            return false;
        }
        free.acquireUninterruptibly();
        int slots = 1 + free.drainPermits();
        // A server that was away gets one mail to prove itself.
        int limit = trouble == null ? slots : 1;
        List<DueMail> taken = List.of();
        try {
            taken = deliveries.take(partitions, limit);
        } finally {
            free.release(slots - taken.size());
        }
        for (DueMail mail : taken) {
            handOver(mail);
        }
        if (trouble != null) {
            awaitIdle();
            trouble = taken.isEmpty() ? null : trouble;
        }
        return !taken.isEmpty() && trouble == null;
    }

    private void handOver(DueMail mail) {
        inFlight.put(mail.delivery().id(), mail.delivery().partition());
        try {
            workers.execute(() -> send(mail));
        } catch (RejectedExecutionException e) {
            deliveries.putBack(mail, "the service stops", Duration.ZERO);
            inFlight.remove(mail.delivery().id());
            free.release();
        }
    }

    private void send(DueMail mail) {
        try {
            Optional<SendDueMail.Trouble> found = sendDueMail.send(mail);
            if (found.isPresent() && trouble == null) {
                LOG.warn(
                        "the mail server cannot be reached; mails wait: {}",
                        found.get().reason());
            } else if (found.isEmpty() && trouble != null) {
                LOG.info("the mail server answers again");
            }
            trouble = found.map(SendDueMail.Trouble::reason).orElse(null);
        } catch (RuntimeException e) {
            LOG.error("{} stays in doubt", mail.delivery().id(), e);
        } finally {
            inFlight.remove(mail.delivery().id());
            free.release();
            wake();
        }
    }

    private void awaitIdle() {
        free.acquireUninterruptibly(connections);
        free.release(connections);
    }

    private void awaitWork() {
        try {
            if (wakeUps.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static void pause(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
