package dev.stagecoach.lifecycle.policy;

/**
 * Everything that decides about an account besides its facts and its usage.
 *
 * @param version changes whenever a number changes; every decision records it
 */
public record Policy(String version, StagePolicy stages, UsagePolicy usage, MilestonePolicy milestones) {}
