package dev.stagecoach.lifecycle;

import dev.stagecoach.events.exactlyonce.LogFields;
import dev.stagecoach.lifecycle.AccountBook.Look;
import dev.stagecoach.lifecycle.Happening.FactsTold;
import dev.stagecoach.lifecycle.Happening.Pinged;
import dev.stagecoach.lifecycle.Happening.Ticked;
import dev.stagecoach.lifecycle.Happening.Used;
import dev.stagecoach.lifecycle.journey.Cause;
import dev.stagecoach.lifecycle.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the accounts of a partition through what happens to them, one by one in the order in which it happened: what is
 * decided does not depend on how many records come at once.
 */
public final class FollowAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(FollowAccounts.class);
    private static final int MOST_DUE_AT_ONCE = 2_000;
    private static final Duration PUT_OFF = Duration.ofDays(1);

    private final Policy policy;

    public FollowAccounts(Policy policy) {
        this.policy = policy;
    }

    /** Applies happenings of one partition to its books. */
    public void follow(Books books, List<Happening> happenings) {
        Optional<Instant> now = books.now();
        for (Happening happening : happenings) {
            if (happening instanceof Used used) {
                countOnce(books, used, now);
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

    /** What comes again changes nothing at all: no total, no user, and nothing that is decided. */
    private void countOnce(Books books, Used used, Optional<Instant> now) {
        if (!books.isNew(used)) {
            return;
        }
        AccountBook book = books.of(used.account());
        if (book.count(used, policy, now)) {
            look(books, book, now, used.record());
        }
    }

    private void letTimePass(Books books, Ticked tick) {
        Instant before = books.now().orElse(Instant.MIN);
        if (!tick.at().isAfter(before)) {
            // A second ticker, or the same tick again: time has passed already.
            return;
        }
        books.tick(tick.at(), policy.version());
        List<AccountBook> due = books.due(tick.at(), MOST_DUE_AT_ONCE);
        while (!due.isEmpty()) {
            due.forEach(book -> lookOrPutOff(books, book, tick));
            due = books.due(tick.at(), MOST_DUE_AT_ONCE);
        }
    }

    /** A tick is about many accounts: one that cannot be looked at keeps what it has, and time goes on for the others. */
    private void lookOrPutOff(Books books, AccountBook book, Ticked tick) {
        try {
            Optional<Look> look = book.look(policy, Optional.of(tick.at()), tick.record());
            look.ifPresent(outcome -> books.decided(outcome.decisions(), tick.record(), outcome.firstUses()));
            if (book.isDue(tick.at())) {
                throw new IllegalStateException(
                        "next due: " + book.state().nextDue() + " (expected: after " + tick.at() + ")");
            }
        } catch (RuntimeException e) {
            LogFields.about(
                    book.account(),
                    tick.record().id(),
                    () -> LOG.error(
                            "{} cannot be looked at, and is left as it is until the next day", book.account(), e));
            book.putOff(tick.at().plus(PUT_OFF), e.toString());
        }
    }

    private void look(Books books, AccountBook book, Optional<Instant> now, Cause cause) {
        book.look(policy, now, cause).ifPresent(look -> books.decided(look.decisions(), cause, look.firstUses()));
    }
}
