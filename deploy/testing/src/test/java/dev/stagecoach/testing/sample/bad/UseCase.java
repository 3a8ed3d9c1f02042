package dev.stagecoach.testing.sample.bad;

/** Known to a feature. */
public class UseCase {}
