package dev.stagecoach.lifecycle;

import dev.stagecoach.lifecycle.Happening.FactsTold;
import dev.stagecoach.lifecycle.Happening.Pinged;
import dev.stagecoach.lifecycle.Happening.Ticked;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Follows the accounts of a partition through what happens to them, one by one in the order in which it happened: what is
 * decided does not depend on how many records come at once.
 */
public final class FollowAccounts {
    private static final int MOST_DUE_AT_ONCE = 2_000;

    private final Policy policy;

    public FollowAccounts(Policy policy) {
        this.policy = policy;
    }

    /** Applies happenings of one partition to its books. */
    public void follow(Books books, List<Happening> happenings) {
        Optional<Instant> now = books.now();
        for (Happening happening : happenings) {
            if (happening instanceof Used used) {
                AccountBook book = books.of(used.account());
                if (book.count(used, policy, now)) {
                    look(books, book, now, used.record());
                }
            } else if (happening instanceof Pinged pinged) {
                AccountBook book = books.of(pinged.ping().account());
                book.count(pinged);
                look(books, book, now, pinged.record());
            } else if (happening instanceof FactsTold told) {
                AccountBook book = books.of(told.facts().account());
                book.tell(told.facts());
                look(books, book, now, told.record());
            } else if (happening instanceof Ticked tick) {
                letTimePass(books, tick);
                now = books.now();
            }
        }
    }

    private void letTimePass(Books books, Ticked tick) {
        Instant before = books.now().orElse(Instant.MIN);
        if (!tick.at().isAfter(before)) {
            // A second ticker, or the same tick again: time has passed already.
            return;
        }
        books.tick(tick.at());
        List<AccountBook> due = books.due(tick.at(), MOST_DUE_AT_ONCE);
        while (!due.isEmpty()) {
            due.forEach(book -> look(books, book, Optional.of(tick.at()), tick.record()));
            due = books.due(tick.at(), MOST_DUE_AT_ONCE);
        }
    }

    private void look(Books books, AccountBook book, Optional<Instant> now, Cause cause) {
        book.look(policy, now, cause).ifPresent(look -> books.decided(look.decisions(), cause, look.firstUses()));
    }
}
