package dev.stagecoach.ingest.key;

import java.util.Optional;

/** The keys that lifecycle-service has handed out. Asked with every request, by several threads. */
@FunctionalInterface
public interface HandedOutKeys {
    /** None, for good. */
    HandedOutKeys NONE = id -> Optional.empty();

    /**
     * The key of this id, be it good or not; empty when there is none. Fails while nobody can say so: who is turned away then must come
     * back, and not take a good key for a bad one.
     */
    Optional<HandedOutKey> withId(String id);
}
