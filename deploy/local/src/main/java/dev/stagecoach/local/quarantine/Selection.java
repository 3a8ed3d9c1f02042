package dev.stagecoach.local.quarantine;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces are meant: those that are all that is said.
 *
 * @param reason in any case, a part of the reason, or of what all reasons of the kind have in common
 * @param account for which they came
 * @param source the path on which they came
 * @param since they came first then or later
 */
public record Selection(
        @Nullable String reason,
        @Nullable String account,
        @Nullable String source,
        @Nullable Instant since) {

    /** Whatever there is. */
    public static final Selection ALL = new Selection(null, null, null, null);

    boolean has(RejectedPiece piece) {
        return (reason == null || isIn(piece.reason(), reason) || isIn(piece.pattern(), reason))
                && (account == null || account.equals(piece.account()))
                && (source == null || source.equals(piece.source()))
                && (since == null || !piece.receivedAt().isBefore(since));
    }

    private static boolean isIn(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
