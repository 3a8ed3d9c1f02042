package dev.stagecoach.outreach.adapter;

import dev.stagecoach.events.exactlyonce.LogFields;
import dev.stagecoach.outreach.Deliveries;
import dev.stagecoach.outreach.DueMail;
import dev.stagecoach.outreach.SendDueMail;
import dev.stagecoach.traces.Step;
import dev.stagecoach.traces.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
    /** So long the last word on the mail server holds when there is no mail to ask it again with. */
    private static final Duration TROUBLE_STANDS = Duration.ofSeconds(30);
    /** Mails claimed ahead for each connection, so that none waits for the database. */
    private static final int AHEAD = 32;

    private final Deliveries deliveries;
    private final SendDueMail sendDueMail;
    private final BooleanSupplier serverAnswers;
    private final int connections;
    private final Traces traces;

    private final Pending pending;
    private final Semaphore wakeUps = new Semaphore(0);
    /** The partitions of the mails that are claimed and not finished, by delivery. */
    private final Map<String, Integer> atHand = new ConcurrentHashMap<>();

    private final AtomicBoolean closing = new AtomicBoolean();
    private final List<Thread> workers = new ArrayList<>();
    private final Thread dispatcher;
    private volatile Set<Integer> owned = Set.of();
    private volatile @Nullable String trouble;
    private volatile long troubleAt = System.nanoTime();

    MailSender(
            Deliveries deliveries,
            SendDueMail sendDueMail,
            BooleanSupplier serverAnswers,
            int connections,
            Pending.Limits perDomain,
            Traces traces) {
        this.deliveries = deliveries;
        this.sendDueMail = sendDueMail;
        this.serverAnswers = serverAnswers;
        this.connections = connections;
        this.traces = traces;
        this.pending = new Pending(perDomain, System::nanoTime);
        for (int i = 0; i < connections; i++) {
            workers.add(new Thread(this::work, "mail-sender"));
        }
        this.dispatcher = new Thread(this::run, "mail-dispatcher");
    }

    void start() {
        workers.forEach(Thread::start);
        dispatcher.start();
    }

    /** Looks for due mails now rather than at the next turn. */
    void wake() {
        wakeUps.release();
    }

    /** Takes over: what former owners were just sending is declared unknown first. */
    void own(Set<Integer> partitions) {
        int unknown = deliveries.takeOver(partitions);
        if (unknown > 0) {
            LOG.warn("{} mails were left half sent by another process; nobody knows whether they arrived", unknown);
        }
        Set<Integer> all = new HashSet<>(owned);
        all.addAll(partitions);
        owned = Set.copyOf(all);
        wake();
    }

    /** Stops claiming mails of these partitions, lets go what can be, and waits a while for those at hand. */
    void disown(Set<Integer> partitions) {
        Set<Integer> rest = new HashSet<>(owned);
        rest.removeAll(partitions);
        owned = Set.copyOf(rest);
        letGo(mail -> partitions.contains(mail.delivery().partition()));
        long deadline = System.nanoTime() + HAND_OVER_WITHIN.toNanos();
        while (atHand.values().stream().anyMatch(partitions::contains) && System.nanoTime() < deadline) {
            pause(Duration.ofMillis(10));
        }
        deliveries.settle(HAND_OVER_WITHIN);
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
        pending.close();
        join(dispatcher);
        workers.forEach(MailSender::join);
        letGo(mail -> true);
        if (!atHand.isEmpty()) {
            LOG.warn("{} mails are still being handed over", atHand.size());
        }
        deliveries.settle(HAND_OVER_WITHIN);
    }

    private static void join(Thread thread) {
        try {
            thread.join(HAND_OVER_WITHIN.toMillis());
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
                if (!claimSome()) {
                    awaitWork();
                }
                if (System.nanoTime() > tidyUpAt) {
                    deliveries.abandon(owned, LEFT_BEHIND);
                    tidyUpAt = System.nanoTime() + TIDY_UP_EVERY.toNanos();
                }
                if (trouble == null) {
                    pause = SHORTEST_PAUSE;
                } else {
                    pause(pause);
                    pause = longer(pause);
                }
            } catch (RuntimeException e) {
                troubleAt = System.nanoTime();
                trouble = "the ledger cannot be read: " + e.getMessage();
                LOG.error("cannot send, trying again", e);
                pause(pause);
                pause = longer(pause);
            }
        }
    }

    /** Claims what fits, and says whether there may be more. */
    private boolean claimSome() {
        Set<Integer> partitions = owned;
        boolean proving = trouble != null;
        if (proving) {
            letGo(mail -> true);
            awaitIdle();
        }
        int room = AHEAD * connections - pending.size();
        if (partitions.isEmpty() || room < AHEAD * connections / 2) {
            return false;
        }
        // A server that was away gets one mail to prove itself.
        List<DueMail> claimed = proving
                ? deliveries.claimOne(partitions).stream().toList()
                : deliveries.claim(partitions, room, pending.crowded(AHEAD * connections / 4));
        claimed.forEach(mail -> atHand.put(mail.delivery().id(), mail.delivery().partition()));
        pending.add(claimed);
        if (proving) {
            awaitIdle();
            trouble = claimed.isEmpty() && System.nanoTime() - troubleAt > TROUBLE_STANDS.toNanos() ? null : trouble;
        }
        return !claimed.isEmpty() && trouble == null;
    }

    private void work() {
        Optional<DueMail> next = pending.take();
        while (next.isPresent()) {
            DueMail mail = next.get();
            LogFields.about(mail.delivery().account(), mail.delivery().cause(), () -> send(mail));
            if (pending.size() < AHEAD * connections / 2) {
                wake();
            }
            next = pending.take();
        }
    }

    private void send(DueMail mail) {
        Step step = traces.turnTo("send a mail", mail.traceParent());
        if (step == null) {
            handOver(mail);
            return;
        }
        step.about(mail.delivery().account(), mail.delivery().cause());
        try {
            handOver(mail.partOf(step.traceParent()));
        } finally {
            step.end();
        }
    }

    private void handOver(DueMail mail) {
        try {
            Optional<SendDueMail.Trouble> found = sendDueMail.send(mail);
            if (found.isPresent() && trouble == null) {
                LOG.warn(
                        "the mail server cannot be reached; mails wait: {}",
                        found.get().reason());
            } else if (found.isEmpty() && trouble != null) {
                LOG.info("the mail server answers again");
            }
            troubleAt = System.nanoTime();
            trouble = found.map(SendDueMail.Trouble::reason).orElse(null);
        } catch (RuntimeException e) {
            LOG.error("{} stays as it is", mail.delivery().id(), e);
            deliveries.letGo(mail);
        } finally {
            atHand.remove(mail.delivery().id());
            pending.finish(mail);
        }
    }

    private void letGo(Predicate<DueMail> which) {
        for (DueMail mail : pending.remove(which)) {
            deliveries.letGo(mail);
            atHand.remove(mail.delivery().id());
        }
    }

    private void awaitIdle() {
        while (!atHand.isEmpty() && !closing.get()) {
            pause(Duration.ofMillis(10));
        }
        // What was put back is to be seen by the next claim.
        deliveries.settle(HAND_OVER_WITHIN);
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
