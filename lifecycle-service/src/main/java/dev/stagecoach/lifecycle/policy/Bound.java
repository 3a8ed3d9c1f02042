package dev.stagecoach.lifecycle.policy;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which values count as healthy, or as poor. Exactly one component is given, and its name says whether the limit itself belongs
 * to it.
 *
 * @param atLeast holds for this and more
 * @param above holds for more than this
 * @param atMost holds for this and less
 * @param below holds for less than this
 * @param is holds for this answer or rating: a truth value or a text
 */
public record Bound(
        @Nullable Double atLeast,
        @Nullable Double above,
        @Nullable Double atMost,
        @Nullable Double below,
        @Nullable Object is) {
    public Bound {
        if (Stream.of(atLeast, above, atMost, below, is)
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            throw new IllegalArgumentException(
                    "equations: a bound has exactly one of atLeast, above, atMost, below and is");
        }
    }

    public static Bound atLeast(double limit) {
        return new Bound(limit, null, null, null, null);
    }

    public static Bound above(double limit) {
        return new Bound(null, limit, null, null, null);
    }

    public static Bound atMost(double limit) {
        return new Bound(null, null, limit, null, null);
    }

    public static Bound below(double limit) {
        return new Bound(null, null, null, limit, null);
    }

    public static Bound is(Object answer) {
        return new Bound(null, null, null, null, answer);
    }

    /** Whether a value, a number for a limit, is within. */
    public boolean holds(Object value) {
        if (is != null) {
            return is.equals(value);
        }
        double number = ((Number) value).doubleValue();
        return (atLeast != null && number >= atLeast)
                || (above != null && number > above)
                || (atMost != null && number <= atMost)
                || (below != null && number < below);
    }

    /** The number at which it begins or ends; null for an answer. */
    public @Nullable Double limit() {
        return Stream.of(atLeast, above, atMost, below)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What is within and this is not; empty for an answer, of which there are several others. */
    public Optional<Bound> opposite() {
        if (atLeast != null) {
            return Optional.of(below(atLeast));
        }
        if (above != null) {
            return Optional.of(atMost(above));
        }
        if (atMost != null) {
            return Optional.of(above(atMost));
        }
        return below == null ? Optional.empty() : Optional.of(atLeast(below));
    }

    /** Whether more is within. */
    boolean isOpenUpwards() {
        return atLeast != null || above != null;
    }

    private boolean includesLimit() {
        return atLeast != null || atMost != null;
    }

    /** Whether no value can be within both. */
    boolean excludes(Bound other) {
        Double limit = limit();
        Double otherLimit = other.limit();
        if (limit == null || otherLimit == null) {
            return limit == null && otherLimit == null && !Objects.equals(is, other.is);
        }
        if (isOpenUpwards() == other.isOpenUpwards()) {
            return false;
        }
        double upper = isOpenUpwards() ? limit : otherLimit;
        double lower = isOpenUpwards() ? otherLimit : limit;
        return upper > lower || (upper == lower && !(includesLimit() && other.includesLimit()));
    }
}
