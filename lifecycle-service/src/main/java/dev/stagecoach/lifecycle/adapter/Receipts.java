package dev.stagecoach.lifecycle.adapter;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Which events of one partition counted lately: 64 bits for account and id of each, by the UTC day of its receipt. A day is kept until
 * an event counts that was received more than the window after it. The time of the receipt stands in the record, so that reading the
 * log again finds the same events to be repeated.
 */
final class Receipts {
    private final int windowDays;
    /** Few, and in no order. */
    private final List<Day> days = new ArrayList<>();
    /** XXH3 without a seed: what it makes of an id is kept, and must stay the same. */
    private final HashStream64 hash = Hashing.xxh3_64().hashStream();

    private long latest = Long.MIN_VALUE;
    private boolean hasMovedOn;

    /** @param windowDays how many days two receipts may be apart to be recognised as the same event */
    Receipts(int windowDays) {
        this.windowDays = windowDays;
    }

    /** What an event is to the ones before it. */
    enum Finding {
        NEW,
        /** It was received so long before the latest ones that nothing is known of its day: it counts, and is not remembered. */
        TOO_LATE_TO_TELL,
        REPEATED
    }

    /** The events that were received on one UTC day. */
    static final class Day {
        private final long epochDay;
        private final LongOpenHashSet ids;
        private final LongArrayList added = new LongArrayList();
        private final int[] rows = new int[SqlReceipts.LEVELS];

        private Day(long epochDay, int expected) {
            this.epochDay = epochDay;
            this.ids = new LongOpenHashSet(expected);
        }

        long epochDay() {
            return epochDay;
        }

        /** Those that are new since {@link Receipts#settled}. */
        LongArrayList added() {
            return added;
        }

        /** How many rows keep it, by their level. */
        int[] rows() {
            return rows;
        }

        void recall(long id) {
            ids.add(id);
        }

        private boolean add(long id) {
            boolean isNew = ids.add(id);
            if (isNew) {
                added.add(id);
            }
            return isNew;
        }
    }

    /** Remembers an event of which nothing is known yet. */
    Finding find(String account, String id, long receiptDay) {
        long bits = hash.reset().putString(account).putString(id).getAsLong();
        Day itsOwn = null;
        for (int i = 0; i < days.size(); i++) {
            Day day = days.get(i);
            if (day.epochDay == receiptDay) {
                itsOwn = day;
            } else if (Math.abs(day.epochDay - receiptDay) <= windowDays && day.ids.contains(bits)) {
                return Finding.REPEATED;
            }
        }
        if (itsOwn == null) {
            if (receiptDay < firstDay()) {
                return Finding.TOO_LATE_TO_TELL;
            }
            itsOwn = begin(receiptDay, receiptDay > latest ? eventsOf(latest) : 0);
        }
        return itsOwn.add(bits) ? Finding.NEW : Finding.REPEATED;
    }

    /** Takes back a day that is kept, so far without its events. */
    Day recall(long epochDay, int events) {
        return begin(epochDay, events);
    }

    /** A day will have about as many as the one before it: a set that need not grow keeps nobody waiting while it does. */
    private int eventsOf(long epochDay) {
        for (Day day : days) {
            if (day.epochDay == epochDay) {
                return day.ids.size();
            }
        }
        return 0;
    }

    private Day begin(long epochDay, int expected) {
        Day day = new Day(epochDay, expected);
        days.add(day);
        if (epochDay > latest) {
            latest = epochDay;
            days.removeIf(known -> known.epochDay < firstDay());
            hasMovedOn = true;
        }
        return day;
    }

    /** The first day that is remembered; before the first event, whichever it is. */
    long firstDay() {
        return latest == Long.MIN_VALUE ? latest : latest - windowDays;
    }

    List<Day> days() {
        return days;
    }

    /** Whether the first day is another since {@link #settled}. */
    boolean hasMovedOn() {
        return hasMovedOn;
    }

    /** What is new has been kept, and what was before the first day is kept no more. */
    void settled() {
        hasMovedOn = false;
        days.forEach(day -> day.added.clear());
    }
}
