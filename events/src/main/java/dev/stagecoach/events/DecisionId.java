package dev.stagecoach.events;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Ids derived from what was decided. Made twice, from a replay or after a crash, the same decision has the same id, so that
 * everyone downstream can tell a repetition from a second decision.
 */
public final class DecisionId {
    private DecisionId() {}

    /**
     * A name-based UUID of the parts.
     *
     * @param parts what identifies the decision: its kind, the account, and what sets it apart from others of its kind
     */
    public static String of(Object... parts) {
        StringBuilder name = new StringBuilder();
        for (Object part : parts) {
            String text = String.valueOf(part);
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            name.append(text.length()).append(':').append(text);
        }
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
