package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.DueMail;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mails that are claimed and wait for a connection, in order; except that a mail whose recipient's domain has as many at a time,
 * or as many a second, as it is to get lets those behind it go first.
 */
final class Pending {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Deque<DueMail> mails = new ArrayDeque<>();
    private final Map<String, Domain> domains = new HashMap<>();
    private boolean closed;

    Pending(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /**
     * What one domain is to get; without a limit: as much as there is.
     *
     * @param atATime mails that are handed over at the same time
     * @param perSecond mails a second, evenly spaced
     */
    record Limits(OptionalInt atATime, OptionalDouble perSecond) {
        static final Limits NONE = new Limits(OptionalInt.empty(), OptionalDouble.empty());

        Limits {
            if (atATime.isPresent() && atATime.getAsInt() < 1) {
                throw new IllegalArgumentException(
                        "connections per domain: " + atATime.getAsInt() + " (expected: > 0)");
            }
            if (perSecond.isPresent() && !(perSecond.getAsDouble() > 0)) {
                throw new IllegalArgumentException("rate per domain: " + perSecond.getAsDouble() + " (expected: > 0)");
            }
        }

        boolean areNone() {
            return atATime.isEmpty() && perSecond.isEmpty();
        }
    }

    private static final class Domain {
        private int underWay;
        private long notBefore;
    }

    synchronized void add(Collection<DueMail> claimed) {
        mails.addAll(claimed);
        notifyAll();
    }

    /** Waits for a mail; empty when there will be none any more. Each is to be {@link #finish}ed. */
    synchronized Optional<DueMail> take() {
        try {
            while (!closed) {
                DueMail next = next();
                if (next != null) {
                    return Optional.of(next);
                }
                await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private @Nullable DueMail next() {
        long now = nanoTime.getAsLong();
        for (Iterator<DueMail> waiting = mails.iterator(); waiting.hasNext(); ) {
            DueMail mail = waiting.next();
            if (limits.areNone() || begin(domain(mail), now)) {
                waiting.remove();
                return mail;
            }
        }
        return null;
    }

    private boolean begin(String name, long now) {
        Domain domain = domains.computeIfAbsent(name, unused -> {
            Domain first = new Domain();
            first.notBefore = now;
            return first;
        });
        boolean full = limits.atATime().isPresent()
                && domain.underWay >= limits.atATime().getAsInt();
        if (full || domain.notBefore - now > 0) {
            return false;
        }
        domain.underWay++;
        limits.perSecond().ifPresent(rate -> domain.notBefore = now + (long) (NANOS / rate));
        return true;
    }

    @SuppressWarnings("WaitNotInLoop") // Who calls it looks again.
    private void await() throws InterruptedException {
        long now = nanoTime.getAsLong();
        long nanos = mails.stream()
                .map(mail -> domains.get(domain(mail)))
                .filter(domain -> domain != null && domain.notBefore - now > 0)
                .mapToLong(domain -> domain.notBefore - now)
                .min()
                .orElse(0);
        if (nanos > 0) {
            wait(Math.max(1, Duration.ofNanos(nanos).toMillis()));
        } else {
            wait();
        }
    }

    /** Its connection is free again. */
    synchronized void finish(DueMail mail) {
        if (limits.areNone()) {
            return;
        }
        Domain domain = domains.get(domain(mail));
        if (domain != null) {
            domain.underWay--;
        }
        long now = nanoTime.getAsLong();
        domains.values().removeIf(one -> one.underWay == 0 && one.notBefore - now <= 0);
        notifyAll();
    }

    /** Domains of which so many wait that others would have to wait behind them. */
    synchronized Set<String> crowded(int most) {
        if (limits.areNone()) {
            return Set.of();
        }
        return mails.stream().collect(Collectors.groupingBy(Pending::domain, Collectors.counting())).entrySet().stream()
                .filter(domain -> domain.getValue() >= most)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static String domain(DueMail mail) {
        String address = mail.delivery().address();
        return address == null ? "" : address.substring(address.lastIndexOf('@') + 1);
    }

    /** Takes out those that are not to be sent after all. */
    synchronized List<DueMail> remove(Predicate<DueMail> which) {
        List<DueMail> removed = new ArrayList<>(mails.stream().filter(which).toList());
        mails.removeIf(which);
        return removed;
    }

    synchronized int size() {
        return mails.size();
    }

    /** No mail is taken from here on. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
