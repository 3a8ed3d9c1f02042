package dev.stagecoach.lifecycle.policy;

/** The numbers that decide about the accounts of one segment. Each component is a policy file of that name. */
public record Rules(StagePolicy stages, UsagePolicy usage, MilestonePolicy milestones, HealthPolicy health) {}
