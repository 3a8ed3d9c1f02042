package dev.stagecoach.lifecycle.adapter;

/** How many events a transaction counted, and how many it did not count again. */
final class EventTotals {
    private long counted;
    private long unchecked;
    private long repeated;

    void add(Receipts.Finding finding) {
        switch (finding) {
            case NEW -> counted++;
            case TOO_LATE_TO_TELL -> {
                counted++;
                unchecked++;
            }
            case REPEATED -> repeated++;
        }
    }

    void add(EventTotals others) {
        counted += others.counted;
        unchecked += others.unchecked;
        repeated += others.repeated;
    }

    long counted() {
        return counted;
    }

    /** Of those that were counted, how many may have been counted before. */
    long unchecked() {
        return unchecked;
    }

    long repeated() {
        return repeated;
    }
}
