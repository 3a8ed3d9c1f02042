package dev.stagecoach.outreach.letter;

/** How often a feature was used. */
public record FeatureUse(String title, String uses) {}
