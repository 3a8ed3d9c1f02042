package dev.stagecoach.testing.sample.good.other;

/** Another feature. */
public record Ratio(double value) {}
