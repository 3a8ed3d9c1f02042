package dev.stagecoach.ingest;

import dev.stagecoach.ingest.key.WriteKey;
import dev.stagecoach.ingest.key.WriteKeys;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds whom a key speaks for. What is wrong with one is said without repeating it: answers end up in logs. */
@Singleton
public class KeyCheck {
    private final WriteKeys keys;

    KeyCheck(WriteKeys keys) {
        this.keys = keys;
    }

    /** Whom it speaks for; empty for a key that is missing or unknown. */
    Optional<WriteKey> find(@Nullable String key) {
        return keys.find(key);
    }

    /** The key of this id, be it good or not; empty when there is none. */
    Optional<WriteKey> withId(String id) {
        return keys.withId(id);
    }

    /**
     * Whom it speaks for.
     *
     * @param members of the body in which the key could have been
     * @throws RefusedException when it is missing or unknown
     */
    public WriteKey require(@Nullable String key, String members) {
        if (key == null) {
            throw new RefusedException(
                    Refusal.UNKNOWN_KEY,
                    "write key: missing (expected: as the user name of HTTP Basic authentication, or in the body as "
                            + members + ")");
        }
        return find(key)
                .orElseThrow(() -> new RefusedException(
                        Refusal.UNKNOWN_KEY,
                        "write key: unknown (expected: a key that was handed out for this installation)"));
    }
}
