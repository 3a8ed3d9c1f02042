package dev.stagecoach.testing.sample.cycle.there;

import dev.stagecoach.testing.sample.cycle.here.Here;

/** The other half. */
public class There {

    Here here;
}
