package dev.stagecoach.lifecycle.policy;

/** Checks of policy numbers. Each message begins with the key as it stands in the file, by which its line is found. */
final class Range {
    private Range() {}

    static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: >= " + least + ")");
        }
    }

    static void atMost(String key, int value, int most) {
        if (value > most) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: <= " + most + ")");
        }
    }

    static void fraction(String key, double value) {
        if (!(value > 0 && value <= 10)) {
            throw new IllegalArgumentException(
                    key + ": " + value + " (expected: a fraction above 0, for instance 0.8 for 80 %)");
        }
    }
}
