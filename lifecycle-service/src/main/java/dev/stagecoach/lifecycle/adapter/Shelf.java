package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.AccountBook;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one partition between batches: books as they were last kept, so that they need not be read again. All of
 * it can be read back at any time.
 */
final class Shelf {
    private static final int WEIGHT_OF_A_BOOK = 50;

    private final Map<String, AccountBook> books = new LinkedHashMap<>();
    private final int capacity;
    final int repeatWindowDays;
    private long weight;
    /** The time of the last tick; null before the first. */
    @Nullable Instant now;

    /** The version of the policy that decided at that tick; null when there was none. */
    @Nullable String policy;

    /** No account is due before; null when not known. */
    @Nullable Instant earliestDue;

    /** Which events have counted; null when not known. */
    @Nullable Receipts receipts;

    /**
     * @param capacity roughly how many users, and books at {@value #WEIGHT_OF_A_BOOK} users each, to remember
     * @param repeatWindowDays how many days receipts of the same event may be apart
     */
    Shelf(int capacity, int repeatWindowDays) {
        this.capacity = capacity;
        this.repeatWindowDays = repeatWindowDays;
    }

    /** Takes a book off the shelf; null when it is not there. */
    @Nullable AccountBook take(String account) {
        AccountBook book = books.remove(account);
        if (book != null) {
            weight -= weightOf(book);
        }
        return book;
    }

    /** Puts books back; those that were not used for the longest time make room. */
    void putBack(Collection<AccountBook> used) {
        for (AccountBook book : used) {
            books.put(book.account(), book);
            weight += weightOf(book);
        }
        Iterator<AccountBook> oldest = books.values().iterator();
        while (weight > capacity && oldest.hasNext()) {
            weight -= weightOf(oldest.next());
            oldest.remove();
        }
    }

    /** An account of the partition will be due at that time; null when it never will. */
    void mayBeDue(@Nullable Instant at) {
        Instant earliest = earliestDue;
        if (at != null && earliest != null && at.isBefore(earliest)) {
            earliestDue = at;
        }
    }

    private static int weightOf(AccountBook book) {
        return WEIGHT_OF_A_BOOK + book.events().weight();
    }
}
