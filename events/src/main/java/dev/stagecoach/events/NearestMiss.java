package dev.stagecoach.events;

/**
 * The clause that came closest to deciding otherwise.
 *
 * @param clause its name in the policy
 * @param needs what would make it hold, in words: "12 more active users for 80 %"
 */
public record NearestMiss(String clause, String needs) {
    public NearestMiss {
        Checks.notBlank("nearestMiss.clause", clause);
        Checks.notBlank("nearestMiss.needs", needs);
    }
}
