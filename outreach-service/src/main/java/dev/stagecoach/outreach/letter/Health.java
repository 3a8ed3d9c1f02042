package dev.stagecoach.outreach.letter;

import java.util.List;

/**
 * The health of an account.
 *
 * @param level in words
 * @param weak what is not healthy and what a reader can do something about, the weightiest first
 */
public record Health(String level, List<Weakness> weak) {
    public Health {
        weak = List.copyOf(weak);
    }

    /**
     * A measure that is not healthy.
     *
     * @param measure its name in the policy of health, {@code mau-per-seat} for instance
     * @param finding what was measured, as a sentence
     * @param advice what to do about it
     */
    public record Weakness(String measure, String finding, String advice) {}
}
