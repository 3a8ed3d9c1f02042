package dev.stagecoach.alerts.adapter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an endpoint and this service share, to sign with. Nothing shows it. */
final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final String EXPECTED =
            "expected: whsec_ and 24 to 64 bytes in base64, as of: openssl rand -base64 32";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Of the text that both sides know.
     *
     * @throws IllegalArgumentException that says what was expected, and not what was given
     */
    static WebhookSecret of(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret that does not start with whsec_ (" + EXPECTED + ")");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a secret that is not base64 after whsec_ (" + EXPECTED + ")");
        }
        if (key.length < LEAST_BYTES || key.length > MOST_BYTES) {
            throw new IllegalArgumentException("a secret of " + key.length + " bytes (" + EXPECTED + ")");
        }
        return new WebhookSecret(key);
    }

    /** The signature of a message that is sent at a time, to the second. */
    String sign(String message, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed =
                    mac.doFinal((message + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
