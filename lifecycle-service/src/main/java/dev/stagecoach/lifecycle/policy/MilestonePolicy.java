package dev.stagecoach.lifecycle.policy;

/**
 * What counts as news.
 *
 * @param firstUseHorizonDays a first use that is reported later than this is history being loaded, not news
 */
public record MilestonePolicy(int firstUseHorizonDays) {
    public MilestonePolicy {
        Range.atLeast("firstUseHorizonDays", firstUseHorizonDays, 0);
    }
}
