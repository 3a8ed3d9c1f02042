package dev.stagecoach.lifecycle.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A write key as its owner has it: {@code sc_<id>_<secret>}, of letters, digits and underscores, so that it fits anywhere, and that scanners
 * for leaked secrets can recognise it: {@code sc_[a-z0-9]{10}_[A-Za-z0-9]{32}}. Nobody keeps it but who asked for it.
 */
public record WriteKeyText(String id, String secret) {
    /** 36<sup>10</sup>, so that two keys have the same one never. */
    public static final int ID_LENGTH = 10;

    /** 190 bits of chance. */
    public static final int SECRET_LENGTH = 32;

    public WriteKeyText {
        if (id.length() != ID_LENGTH || secret.length() != SECRET_LENGTH) {
            throw new IllegalArgumentException("a key's text of " + id.length() + " and " + secret.length()
                    + " characters (expected: " + ID_LENGTH + " and " + SECRET_LENGTH + ")");
        }
    }

    public String text() {
        return "sc_" + id + "_" + secret;
    }

    /**
     * All that is kept of it, in hexadecimal digits. A hash that is slow on purpose, as for passwords, makes it costly to try the words that
     * people think of. Nobody tries 2<sup>190</sup> texts, however fast it goes, and usage-ingest hashes one with every request.
     */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Without the secret: it ends up in logs. */
    @Override
    public String toString() {
        return "sc_" + id + "_…";
    }
}
