package dev.stagecoach.ingest;

import dev.stagecoach.ingest.key.WriteKey;

/** How much of its limit each key has used. Each replica of this service counts for itself. */
@FunctionalInterface
public interface Pace {
    /**
     * Takes pieces off what the key may send now. A key without a limit may send anything.
     *
     * @throws RefusedException with {@link Refusal#TOO_FAST} and when to come back; then nothing was taken
     */
    void take(WriteKey key, int pieces);
}
