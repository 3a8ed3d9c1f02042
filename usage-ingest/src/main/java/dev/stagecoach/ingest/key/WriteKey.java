package dev.stagecoach.ingest.key;

import static dev.stagecoach.ingest.field.Fields.shown;

import dev.stagecoach.ingest.field.UnusableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a key speaks for.
 *
 * @param id by which it is known here; says nothing from which the key could be found
 * @param eventsPerSecond how many events a second it may send; null when nothing is said about it
 */
public record WriteKey(String id, KeyScope scope, @Nullable Integer eventsPerSecond) {
    /** A key that is handed out, without its secret: a question mark stands for a letter or digit. */
    private static final String FORM = "sc_??????????_";

    private static final int SECRET_LENGTH = 32;

    /** The only account that it speaks for; null when there can be others. */
    public @Nullable String account() {
        return scope.only();
    }

    /** Whether usage must say for which account it is. */
    public boolean isForManyAccounts() {
        return account() == null;
    }

    /**
     * Within it, a user id is the same user: that of all keys for the same product, or for every account; a key for named accounts has its
     * own. Stays the same when the key is rotated.
     */
    public String userSpace() {
        return scope.userSpace(id);
    }

    /** Whether it speaks for whatever account there is. */
    public boolean speaksForEveryAccount() {
        return scope instanceof KeyScope.EveryAccount;
    }

    /** The same key, for one account only. */
    public WriteKey narrowedTo(String onlyAccount) {
        return new WriteKey(id, new KeyScope.NamedAccounts(Set.of(onlyAccount)), eventsPerSecond);
    }

    /**
     * The same bytes, with stars in place of the secret wherever something stands in them that has the form of a key that is handed out: they
     * are kept for people to look at. Keys of the settings have no form by which they could be found.
     */
    public static ByteBuffer blotted(ByteBuffer bytes) {
        byte[] kept = null;
        int last = bytes.remaining() - FORM.length() - SECRET_LENGTH;
        for (int at = 0; at <= last; at++) {
            if (hasForm(bytes, bytes.position() + at)) {
                kept = kept == null ? copy(bytes) : kept;
                Arrays.fill(kept, at + FORM.length(), at + FORM.length() + SECRET_LENGTH, (byte) '*');
            }
        }
        return kept == null ? bytes : ByteBuffer.wrap(kept);
    }

    private static boolean hasForm(ByteBuffer bytes, int start) {
        for (int i = 0; i < FORM.length() + SECRET_LENGTH; i++) {
            byte is = bytes.get(start + i);
            char wanted = i < FORM.length() ? FORM.charAt(i) : '?';
            if (wanted == '?' ? is <= 0 || !Character.isLetterOrDigit(is) : is != wanted) {
                return false;
            }
        }
        return true;
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** Whether usage may be sent in the name of this account. */
    public boolean speaksFor(String otherAccount) {
        return scope.includes(otherAccount);
    }

    /**
     * The account that usage counts for: the one it names, or else the key's own.
     *
     * @param named the account that the usage names, if any
     * @return null when the key speaks for many accounts and none is named
     * @throws UnusableException when the key does not speak for the named account
     */
    public @Nullable String accountOf(@Nullable String named) throws UnusableException {
        if (named == null) {
            return account();
        }
        if (!speaksFor(named)) {
            throw new UnusableException("account: " + shown(named) + " (expected: " + scope.expected() + ")");
        }
        return named;
    }
}
