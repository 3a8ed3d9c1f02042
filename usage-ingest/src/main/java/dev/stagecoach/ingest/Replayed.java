package dev.stagecoach.ingest;

import dev.stagecoach.ingest.field.Fields;
import dev.stagecoach.ingest.field.UnusableException;
import dev.stagecoach.ingest.key.WriteKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about usage that came before and is sent again, from quarantine. Only who may send for every account anyway is
 * believed: the time of the first receipt is what sent times are compared with. What is recorded is received now all the same, which is what
 * repetitions are told by.
 *
 * @param receivedAt when the usage came first
 * @param account the only account that it may count for, as if it came with a key of that account
 * @param keyId of the key with which it came: it counts for no account that this key does not speak for
 */
public record Replayed(
        @Nullable Instant receivedAt,
        @Nullable String account,
        @Nullable String keyId) {
    /** The header that says when the usage came first. */
    public static final String RECEIVED_AT = "Stagecoach-Received-At";

    /** The header that says for which account it came. */
    public static final String ACCOUNT = "Stagecoach-Account";

    /** The header that says with which key it came. */
    public static final String KEY_ID = "Stagecoach-Key-Id";

    /** Usage that comes for the first time. */
    public static final Replayed NOT = new Replayed(null, null, null);

    /**
     * As the headers of a request say.
     *
     * @throws RefusedException when one has no such value
     */
    public static Replayed of(@Nullable String receivedAt, @Nullable String account, @Nullable String keyId) {
        if (receivedAt == null && account == null && keyId == null) {
            return NOT;
        }
        try {
            return new Replayed(
                    receivedAt == null ? null : Fields.time(RECEIVED_AT, receivedAt),
                    account == null ? null : Fields.text(ACCOUNT, account, "the id of an account"),
                    keyId == null ? null : Fields.text(KEY_ID, keyId, "the id of a write key"));
        } catch (UnusableException e) {
            throw new RefusedException(Refusal.UNREADABLE, e.reason());
        }
    }

    /**
     * When the usage was received.
     *
     * @throws RefusedException when that is still to come
     */
    public Instant receivedBy(Instant now) {
        if (receivedAt == null) {
            return now;
        }
        if (receivedAt.isAfter(now)) {
            throw new RefusedException(
                    Refusal.UNREADABLE,
                    RECEIVED_AT + ": " + receivedAt + " (expected: not later than now, " + now + ")");
        }
        return receivedAt;
    }

    /**
     * Whom the request speaks for.
     *
     * @throws RefusedException when it says what its key may not say
     */
    WriteKey narrowed(WriteKey key, KeyCheck keys) {
        if (equals(NOT)) {
            return key;
        }
        if (!key.speaksForEveryAccount()) {
            throw new RefusedException(
                    Refusal.FOREIGN_ACCOUNT,
                    RECEIVED_AT + ", " + ACCOUNT + ", " + KEY_ID
                            + ": not with this write key (expected: one that speaks for every account)");
        }
        WriteKey first = keyId == null ? key : keyOfFirstTime(keyId, keys);
        if (account == null) {
            return first;
        }
        if (!first.speaksFor(account)) {
            throw new RefusedException(
                    Refusal.FOREIGN_ACCOUNT,
                    ACCOUNT + ": " + Fields.shown(account)
                            + " (expected: one that the key with which this came speaks for)");
        }
        return first.narrowedTo(account);
    }

    private static WriteKey keyOfFirstTime(String keyId, KeyCheck keys) {
        return keys.withId(keyId)
                .orElseThrow(() -> new RefusedException(
                        Refusal.FOREIGN_ACCOUNT,
                        KEY_ID + ": " + Fields.shown(keyId)
                                + " (expected: the id of a write key that was handed out here)"));
    }
}
