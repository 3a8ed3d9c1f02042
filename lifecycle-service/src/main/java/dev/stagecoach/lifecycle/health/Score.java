package dev.stagecoach.lifecycle.health;

import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.lifecycle.policy.HealthPolicy.Levels;
import java.util.List;

/** A weighted mean of means as a fraction of whole numbers, so that exactly two thirds are not lost to rounding. */
record Score(long numerator, long denominator) {
    private static final long MOST = 10;

    /**
     * The points of one category.
     *
     * @param sum of its known measures
     * @param known how many they are, 1 or more
     */
    record Points(int weight, int sum, int known) {
        double mean() {
            return (double) sum / known;
        }
    }

    /** Of at least one category. */
    static Score of(List<Points> categories) {
        long common = categories.stream().mapToLong(Points::known).reduce(1, Score::leastCommonMultiple);
        long sum = 0;
        long weights = 0;
        for (Points category : categories) {
            sum += common / category.known() * category.weight() * category.sum();
            weights += category.weight();
        }
        return new Score(sum, weights * common);
    }

    double value() {
        return (double) numerator / denominator;
    }

    HealthLevel level(Levels levels) {
        long parts = numerator * levels.parts();
        if (parts >= levels.healthyFrom() * MOST * denominator) {
            return HealthLevel.HEALTHY;
        }
        return parts < levels.poorBelow() * MOST * denominator ? HealthLevel.POOR : HealthLevel.CONCERNING;
    }

    private static long leastCommonMultiple(long a, long b) {
        return a / greatestCommonDivisor(a, b) * b;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
