package dev.stagecoach.ingest;

import org.jspecify.annotations.Nullable;

/** Says what is wrong with a key without repeating it: answers end up in logs. */
final class WriteKeyProblem {
    private WriteKeyProblem() {}

    static String describe(@Nullable String key, String members) {
        return key == null
                ? "write key: missing (expected: as the user name of HTTP Basic authentication, or in the body as "
                        + members + ")"
                : "write key: unknown (expected: a key that was handed out for this installation)";
    }
}
