package dev.stagecoach.bench.figures;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one in the middle; of an even number, the mean of the two in the middle. */
public final class Median {

    private Median() {}

    /** Null when one of them is unknown, or there are none. */
    public static @Nullable Double of(List<? extends @Nullable Double> figures) {
        if (figures.isEmpty() || figures.stream().anyMatch(Objects::isNull)) {
            return null;
        }
        var sorted =
                figures.stream().mapToDouble(Objects::requireNonNull).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
