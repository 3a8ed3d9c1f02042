package dev.stagecoach.testing.sample.cycle.here;

import dev.stagecoach.testing.sample.cycle.there.There;

/** One half of a cycle. */
public class Here {

    There there;
}
