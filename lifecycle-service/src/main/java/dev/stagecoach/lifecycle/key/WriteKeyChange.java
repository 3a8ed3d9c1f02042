package dev.stagecoach.lifecycle.key;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did to a write key.
 *
 * @param act {@code created}, {@code rotated} or {@code revoked}
 * @param at the time of the last tick
 * @param note what the person wrote about it, if anything
 */
public record WriteKeyChange(
        String act, String author, Instant at, @Nullable String note) {
    /** What can be done to a key. */
    public enum Act {
        CREATED,
        ROTATED,
        REVOKED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Somebody who does something now. */
    public record By(String author, @Nullable String note, Instant at) {
        WriteKeyChange did(Act act) {
            return new WriteKeyChange(act.wireName(), author, at, note);
        }
    }
}
