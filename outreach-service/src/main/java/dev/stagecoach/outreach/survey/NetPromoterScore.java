package dev.stagecoach.outreach.survey;

import java.util.Map;
import java.util.Optional;

/**
 * The net promoter score of a survey: the percentage of promoters (9 and 10) less that of detractors (0 to 6), of all who
 * answered. From -100 to 100; unknown while nobody answered.
 */
public record NetPromoterScore(long promoters, long passives, long detractors) {
    private static final int LOWEST_PROMOTER = 9;
    private static final int LOWEST_PASSIVE = 7;

    /**
     * Of so many answers by score.
     *
     * @throws IllegalArgumentException for a score that is not 0 to 10
     */
    public static NetPromoterScore of(Map<Integer, Long> answersByScore) {
        long promoters = 0;
        long passives = 0;
        long detractors = 0;
        for (Map.Entry<Integer, Long> entry : answersByScore.entrySet()) {
            int score = entry.getKey();
            if (score < 0 || score > 10) {
                throw new IllegalArgumentException("score: " + score + " (expected: 0 to 10)");
            }
            if (score >= LOWEST_PROMOTER) {
                promoters += entry.getValue();
            } else if (score >= LOWEST_PASSIVE) {
                passives += entry.getValue();
            } else {
                detractors += entry.getValue();
            }
        }
        return new NetPromoterScore(promoters, passives, detractors);
    }

    public long answers() {
        return promoters + passives + detractors;
    }

    /** To one decimal place; empty when nobody answered. */
    public Optional<Double> score() {
        return answers() == 0
                ? Optional.empty()
                : Optional.of(Math.round(1000.0 * (promoters - detractors) / answers()) / 10.0);
    }
}
