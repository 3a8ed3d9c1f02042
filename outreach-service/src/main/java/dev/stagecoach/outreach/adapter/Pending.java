package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.DueMail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Mails that are claimed and wait for a connection. */
final class Pending {
    private final Deque<DueMail> mails = new ArrayDeque<>();
    private boolean closed;

    synchronized void add(Collection<DueMail> claimed) {
        mails.addAll(claimed);
        notifyAll();
    }

    /** Waits for a mail; empty when there will be none any more. */
    synchronized Optional<DueMail> take() {
        try {
            while (mails.isEmpty() && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return closed ? Optional.empty() : Optional.of(mails.removeFirst());
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
