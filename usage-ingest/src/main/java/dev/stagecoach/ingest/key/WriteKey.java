package dev.stagecoach.ingest.key;

import static dev.stagecoach.ingest.field.Fields.shown;

import dev.stagecoach.ingest.field.UnusableException;
import org.jspecify.annotations.Nullable;

/**
 * Whom a key speaks for.
 *
 * @param account the only account it speaks for; null: every account
 */
public record WriteKey(@Nullable String account) {
    /** A key for every account. */
    public static final WriteKey OF_EVERY_ACCOUNT = new WriteKey(null);

    /** Whether usage must say for which account it is. */
    public boolean isForManyAccounts() {
        return account == null;
    }

    /** Whether it speaks for whatever account there is. */
    public boolean speaksForEveryAccount() {
        return account == null;
    }

    /** Stays the same when the key is rotated. */
    public String id() {
        return "?";
    }

    /** How many events and pings it may send in a second; null for any number. */
    public @Nullable Integer eventsPerSecond() {
        return null;
    }

    /** Within it, a user id is the same user. */
    public String userSpace() {
        return "*";
    }

    /** Whether usage may be sent in the name of this account. */
    public boolean speaksFor(String otherAccount) {
        return account == null || account.equals(otherAccount);
    }

    /**
     * The account that usage counts for: the one it names, or else the key's own.
     *
     * @param named the account that the usage names, if any
     * @return null when the key speaks for every account and none is named
     * @throws UnusableException when the key does not speak for the named account
     */
    public @Nullable String accountOf(@Nullable String named) throws UnusableException {
        if (named == null) {
            return account;
        }
        if (!speaksFor(named)) {
            throw new UnusableException(
                    "account: " + shown(named) + " (expected: none, or the account that the write key belongs to)");
        }
        return named;
    }
}
