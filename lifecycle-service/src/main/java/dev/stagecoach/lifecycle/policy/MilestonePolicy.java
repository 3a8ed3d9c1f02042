package dev.stagecoach.lifecycle.policy;

/**
 * What counts as news.
 *
 * @param firstUseHorizonDays a first use that is reported later than this is history being loaded, not news
 * @param mostFirstUses of so many features the first use by an account is looked at; of more, names are made up by a program, and
 *     nobody wants to hear of each
 */
public record MilestonePolicy(int firstUseHorizonDays, int mostFirstUses) {
    public MilestonePolicy {
        Range.atLeast("firstUseHorizonDays", firstUseHorizonDays, 0);
        Range.atLeast("mostFirstUses", mostFirstUses, 0);
    }
}
