package dev.stagecoach.alerts.adapter;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What another service answered, or why there is nothing to show of it: a page shows what it has and says what is missing.
 *
 * @param value null where there is none
 * @param problem in words; null where there is none
 * @param isUnknown whether the other service answered that there is no such thing
 */
record PeerAnswer<T>(@Nullable T value, @Nullable String problem, boolean isUnknown) {
    static <T> PeerAnswer<T> of(T value) {
        return new PeerAnswer<>(value, null, false);
    }

    static <T> PeerAnswer<T> missing(String problem) {
        return new PeerAnswer<>(null, problem, false);
    }

    static <T> PeerAnswer<T> unknown(String problem) {
        return new PeerAnswer<>(null, problem, true);
    }

    Optional<T> known() {
        return Optional.ofNullable(value);
    }

    /** The part of the answer; null when there is none. */
    <R> @Nullable R orNull(Function<T, @Nullable R> part) {
        return value == null ? null : part.apply(value);
    }

    /** The part of the answer; the other value when there is none. */
    <R> R orElse(R other, Function<T, R> part) {
        return value == null ? other : part.apply(value);
    }
}
