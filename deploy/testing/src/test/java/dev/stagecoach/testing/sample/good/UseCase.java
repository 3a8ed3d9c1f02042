package dev.stagecoach.testing.sample.good;

import dev.stagecoach.testing.sample.good.feature.Decision;
import jakarta.inject.Inject;
import java.time.Instant;

/** A use case as it should be: it knows features and ports. */
class UseCase {

    private final Decisions decisions;

    @Inject
    UseCase(Decisions decisions) {
        this.decisions = decisions;
    }

    void apply(Instant at) {
        decisions.add(new Decision(at, new String[0]));
    }

    /** A port. */
    interface Decisions {

        void add(Decision decision);
    }
}
