package dev.stagecoach.testing.sample.bad.adapter;

/** Known to a use case. */
public class SomeAdapter {}
