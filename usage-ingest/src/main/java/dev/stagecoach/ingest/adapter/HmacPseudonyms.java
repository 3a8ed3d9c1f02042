package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.Pseudonyms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces user ids by pseudonyms: HMAC-SHA-256 of account and user id, the first 128 bits as base64url. The same person at the
 * same account always has the same one; without the secret nobody can find out who it is, not even by trying all addresses of a
 * company. Equal ids at two accounts have different pseudonyms. Another secret makes everybody a new user.
 */
final class HmacPseudonyms implements Pseudonyms {
    /** Shortest secret that is worth the name, in bytes. */
    static final int MIN_SECRET_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEPT_BYTES = 16;

    /** Users who are known without hashing, to each thread: most events are of somebody who was just there. */
    private static final int REMEMBERED = 4_096;

    private final ThreadLocal<Hashing> hashing;

    /** What one thread needs. */
    private static final class Hashing {
        private final Mac mac;
        private final Remembered[] remembered = new Remembered[REMEMBERED];

        Hashing(Mac mac) {
            this.mac = mac;
        }
    }

    private record Remembered(String account, String user, String pseudonym) {}

    HmacPseudonyms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "secret: " + bytes.length + " bytes (expected: at least " + MIN_SECRET_BYTES + ")");
        }
        hashing = ThreadLocal.withInitial(() -> new Hashing(newMac(bytes)));
    }

    private static Mac newMac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** 22 characters. */
    @Override
    public String of(String account, String user) {
        Hashing mine = hashing.get();
        int place = (31 * account.hashCode() + user.hashCode()) & (REMEMBERED - 1);
        Remembered known = mine.remembered[place];
        if (known != null && known.user.equals(user) && known.account.equals(account)) {
            return known.pseudonym;
        }
        String pseudonym = hashed(account, user, mine.mac);
        mine.remembered[place] = new Remembered(account, user, pseudonym);
        return pseudonym;
    }

    private static String hashed(String account, String user, Mac hash) {
        hash.update(account.getBytes(StandardCharsets.UTF_8));
        // No account id has a control character, so that ("ab", "c") and ("a", "bc") stay apart.
        hash.update((byte) 0);
        byte[] digest = hash.doFinal(user.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, KEPT_BYTES));
    }
}
