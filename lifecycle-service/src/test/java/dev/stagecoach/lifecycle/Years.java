package dev.stagecoach.lifecycle;

import java.time.LocalDate;

/** Time never goes back, and the tests of a running service share it: each test has two years of its own. */
public final class Years {
    private static int next = 2025;

    private Years() {}

    /** 1 January. */
    public static synchronized LocalDate begin() {
        LocalDate start = LocalDate.of(next, 1, 1);
        next += 2;
        return start;
    }
}
