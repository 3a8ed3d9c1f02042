package dev.stagecoach.outreach.letter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A month of an account.
 *
 * @param figures three numbers and how they changed
 * @param topFeatures used most, the most used first; empty when it is not known
 * @param untried null when all that there is was used, or it is not known what was
 * @param picture null when the days of the month are not known
 */
public record Recap(
        String month,
        List<Figure> figures,
        List<FeatureUse> topFeatures,
        @Nullable Untried untried,
        @Nullable Picture picture) {
    public Recap {
        figures = List.copyOf(figures);
        topFeatures = List.copyOf(topFeatures);
    }
}
