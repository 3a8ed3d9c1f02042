package dev.stagecoach.lifecycle.usage;

import org.jspecify.annotations.Nullable;

/**
 * A number of people that may be unknown.
 *
 * @param value null when unknown
 * @param why what it takes to know it; empty when known
 */
public record Count(@Nullable Integer value, String why) {
    static Count known(int value) {
        return new Count(value, "");
    }

    static Count unknown(String why) {
        return new Count(null, why);
    }
}
