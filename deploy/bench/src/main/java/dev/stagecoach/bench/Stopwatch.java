package dev.stagecoach.bench;

/** Seconds since an instant. */
final class Stopwatch {

    private static final double NANOS = 1e9;

    private final long startedAt = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - startedAt) / NANOS;
    }
}
