package dev.stagecoach.lifecycle.usage;

import org.jspecify.annotations.Nullable;

/** A fraction that may be unknown. An unknown ratio is neither at least nor below anything. */
public sealed interface Ratio {
    boolean atLeast(double threshold);

    boolean below(double threshold);

    /** The fraction, 1 being 100 %; null when unknown. */
    @Nullable Double orNull();

    /** A single division of whole numbers, so that exactly 80 % is not lost to rounding. */
    static Ratio of(long numerator, long denominator) {
        return new Known((double) numerator / denominator);
    }

    static Ratio unknown(String why) {
        return new Unknown(why);
    }

    record Known(double value) implements Ratio {
        @Override
        public boolean atLeast(double threshold) {
            return value >= threshold;
        }

        @Override
        public boolean below(double threshold) {
            return value < threshold;
        }

        @Override
        public Double orNull() {
            return value;
        }
    }

    record Unknown(String why) implements Ratio {
        @Override
        public boolean atLeast(double threshold) {
            return false;
        }

        @Override
        public boolean below(double threshold) {
            return false;
        }

        @Override
        public @Nullable Double orNull() {
            return null;
        }
    }
}
