package dev.stagecoach.bench.figures;

import java.util.Arrays;
import java.util.Collection;

/** Of all values measured, each percentile one that occurred: so many in a hundred are not larger. */
public record Percentiles(int values, double p50, double p90, double p95, double p99, double max) {

    /**
     * The percentiles of these values.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Percentiles of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Percentiles(
                sorted.length,
                rank(sorted, 50),
                rank(sorted, 90),
                rank(sorted, 95),
                rank(sorted, 99),
                sorted[sorted.length - 1]);
    }

    private static double rank(double[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(0, rank - 1)];
    }
}
