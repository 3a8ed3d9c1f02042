package dev.stagecoach.alerts.digest;

import dev.stagecoach.alerts.account.Account;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of an owner, and what happened to them in a week.
 *
 * @param moves oldest first
 * @param silences oldest first
 */
public record Book(List<Account> accounts, List<StageMove> moves, List<Silence> silences) {
    public Book {
        accounts = List.copyOf(accounts);
        moves = List.copyOf(moves);
        silences = List.copyOf(silences);
    }

    /**
     * A change of stage.
     *
     * @param from null when it was in none
     * @param to null when it is in none any more
     */
    public record StageMove(
            String account, @Nullable String from, @Nullable String to, Instant at) {}

    /** An instance fell silent. */
    public record Silence(String account, String instance, Instant lastPingAt) {}
}
