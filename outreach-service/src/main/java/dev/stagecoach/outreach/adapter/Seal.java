package dev.stagecoach.outreach.adapter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes that only we can make. One made for a purpose is no good for another. */
final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 16;
    /** Half of the hash, 128 bits: nobody guesses that, and lines in text mails stay shorter. */
    private static final int HASH_BYTES = 16;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    Seal(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("stagecoach.outreach.link-secret: " + secret.length()
                    + " characters (expected: at least " + SHORTEST_SECRET + ")");
        }
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    byte[] hash(String purpose, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((purpose + "\n").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(content), HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing", e);
        }
    }

    boolean holds(byte[] hash, String purpose, byte[] content) {
        return MessageDigest.isEqual(hash, hash(purpose, content));
    }

    /** What a form of ours carries, so that a POST without its page is told from a reader's. */
    String ofForm(String purpose, String token) {
        return ENCODER.encodeToString(hash("form " + purpose, token.getBytes(StandardCharsets.UTF_8)));
    }
}
