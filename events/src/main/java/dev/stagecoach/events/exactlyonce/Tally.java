package dev.stagecoach.events.exactlyonce;

/**
 * What became of a batch: read = applied + skipped + unreadable + inapplicable.
 *
 * @param read all records
 * @param applied handed to the handler
 * @param unreadable set aside as no events of the contract
 * @param inapplicable set aside as the handler failed at them
 */
record Tally(int read, int applied, int unreadable, int inapplicable) {
    /** Of types that this version does not know. */
    int skipped() {
        return read - applied - unreadable - inapplicable;
    }
}
