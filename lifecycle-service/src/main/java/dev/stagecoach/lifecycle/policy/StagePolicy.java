package dev.stagecoach.lifecycle.policy;

/**
 * When an account is in which stage. All boundaries are inclusive.
 *
 * @param prospectDays an open deal is a Prospect when its expected close is at most so many days away
 * @param onboardingDays length of Onboarding: day 0 to day {@code onboardingDays - 1} after the contract closed
 * @param renewingDays an account is Renewing when its renewal is at most so many days away
 * @param longestExtensionDays how far an approved extension can move the end of the term
 * @param utilizationTarget MAU / seats for Nurturing; a fraction, 1 is 100 %
 * @param usageTarget DAU / MAU for Nurturing; a fraction
 * @param onboardingGoal MAU / seats that Onboarding should end with; a fraction
 * @param nurturingIsKept whether an account that falls below the targets stays in Nurturing
 */
public record StagePolicy(
        int prospectDays,
        int onboardingDays,
        int renewingDays,
        int longestExtensionDays,
        double utilizationTarget,
        double usageTarget,
        double onboardingGoal,
        boolean nurturingIsKept) {
    public StagePolicy {
        Range.atLeast("prospectDays", prospectDays, 0);
        Range.atLeast("onboardingDays", onboardingDays, 1);
        Range.atLeast("renewingDays", renewingDays, 0);
        Range.atLeast("longestExtensionDays", longestExtensionDays, 0);
        Range.fraction("utilizationTarget", utilizationTarget);
        Range.fraction("usageTarget", usageTarget);
        Range.fraction("onboardingGoal", onboardingGoal);
    }
}
