package dev.stagecoach.bench.usage;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Ranks that come up as words do in a text: the first most often, the n-th about n times less often. */
final class Zipf {

    /** The weights of the first n ranks added up, by n - 1. */
    private final double[] sums;

    /** @param ranks how many there are at most */
    Zipf(int ranks) {
        sums = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1.0 / (rank + 1);
            sums[rank] = sum;
        }
    }

    /** One of the first {@code ranks}, from 0. */
    int rank(int ranks, SplittableRandom chance) {
        double at = chance.nextDouble() * sums[ranks - 1];
        int found = Arrays.binarySearch(sums, 0, ranks, at);
        return Math.min(found < 0 ? -found - 1 : found, ranks - 1);
    }

    /** The part of all that falls to this rank, 0 to 1. */
    double share(int rank) {
        return 1.0 / (rank + 1) / sums[sums.length - 1];
    }
}
