package dev.stagecoach.outreach.adapter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes that only we can make. One made for a purpose is no good for another. */
final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    /** Half of the hash, 128 bits: nobody guesses that, and lines in text mails stay shorter. */
    private static final int HASH_BYTES = 16;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** The first makes new hashes; all are good. */
    private final List<SecretKeySpec> keys;

    Seal(LinkSecrets secrets) {
        this.keys = secrets.all()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    byte[] hash(String purpose, byte[] content) {
        return hash(keys.get(0), purpose, content);
    }

    /** Whether the hash was made with the secret of today, or with a previous one. */
    boolean holds(byte[] hash, String purpose, byte[] content) {
        boolean holds = false;
        for (SecretKeySpec key : keys) {
            // Every key is tried, each in constant time.
            holds |= MessageDigest.isEqual(hash, hash(key, purpose, content));
        }
        return holds;
    }

    /** What a form of ours carries, so that a POST without its page is told from a reader's. */
    String ofForm(String purpose, String token) {
        return ofForm(keys.get(0), purpose, token);
    }

    /** Whether a form carries what one of ours does, or did before the secret was changed. */
    boolean isOfForm(String given, String purpose, String token) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        boolean ours = false;
        for (SecretKeySpec key : keys) {
            ours |= MessageDigest.isEqual(bytes, ofForm(key, purpose, token).getBytes(StandardCharsets.UTF_8));
        }
        return ours;
    }

    private static String ofForm(SecretKeySpec key, String purpose, String token) {
        return ENCODER.encodeToString(hash(key, "form " + purpose, token.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hash(SecretKeySpec key, String purpose, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((purpose + "\n").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(content), HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing", e);
        }
    }
}
