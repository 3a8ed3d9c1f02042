package dev.stagecoach.local.sample;

import java.util.List;

/** Chance without chance: the outcome is a function of the portfolio's seed and of what is asked about. */
final class Dice {

    private static final long SEED = 20_250_101L;

    private Dice() {}

    /** True for about one in {@code n} subjects; never for 0. */
    static boolean oneIn(int n, Object... subject) {
        return n > 0 && below(n, subject) == 0;
    }

    /** A number from 0 to {@code bound} - 1. */
    static int below(int bound, Object... subject) {
        return (int) Math.floorMod(mixed(subject), (long) bound);
    }

    static long mixed(Object... subject) {
        // The hash of a text is the same on every JVM, unlike that of an enum or of an object.
        long bits = SEED;
        for (var part : List.of(subject)) {
            bits = (bits ^ part.toString().hashCode()) * 0x9E3779B97F4A7C15L;
            bits ^= bits >>> 29;
        }
        return bits;
    }
}
