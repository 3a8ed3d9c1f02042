package dev.stagecoach.ingest;

import dev.stagecoach.events.Event;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where usage is recorded, and where what cannot be recorded is kept. */
public interface UsageLog {
    /**
     * Completes when everything has been stored for good. Fails with {@link Refusal#NOT_STORED} when that is not sure: some of it may
     * have been stored all the same, and storing it again does no harm, since ids stay the same.
     */
    CompletionStage<Void> append(List<? extends Event<?>> events, List<Rejected> rejected);
}
