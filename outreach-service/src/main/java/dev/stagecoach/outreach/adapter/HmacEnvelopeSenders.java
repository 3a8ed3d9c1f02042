package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.EnvelopeSenders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code bounces+<id>.<hash>@<domain>}: the id of a delivery and a keyed hash over it, so that nobody can make up that somebody's
 * mail bounced. In lower case digits and letters only, because some servers on the way change the case; and not longer than the 64
 * characters that a local part may have.
 */
final class HmacEnvelopeSenders implements EnvelopeSenders {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH_DIGITS = 16;
    private static final Pattern LOCAL_PART = Pattern.compile("bounces\\+([0-9a-f]{32})\\.([0-9a-f]{16})");

    /** The first makes new addresses; those of all are read. */
    private final List<SecretKeySpec> keys;

    private final String domain;

    HmacEnvelopeSenders(LinkSecrets secrets, String domain) {
        this.keys = secrets.all()
                .map(secret -> new SecretKeySpec(("bounces\n" + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.domain = domain.toLowerCase(Locale.ROOT);
    }

    @Override
    public String of(String delivery) {
        String id = UUID.fromString(delivery).toString().replace("-", "");
        return "bounces+" + id + "." + hash(keys.get(0), id) + "@" + domain;
    }

    @Override
    public Optional<String> delivery(String address) {
        String lower = address.strip().toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        if (at < 0 || !lower.substring(at + 1).equals(domain)) {
            return Optional.empty();
        }
        Matcher parts = LOCAL_PART.matcher(lower.substring(0, at));
        boolean ours = parts.matches() && holds(parts.group(2), parts.group(1));
        return ours ? Optional.of(withDashes(parts.group(1))) : Optional.empty();
    }

    private boolean holds(String hash, String id) {
        boolean holds = false;
        for (SecretKeySpec key : keys) {
            // Every key is tried, each in constant time.
            holds |= MessageDigest.isEqual(
                    hash.getBytes(StandardCharsets.US_ASCII), hash(key, id).getBytes(StandardCharsets.US_ASCII));
        }
        return holds;
    }

    private static String withDashes(String id) {
        return id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private static String hash(SecretKeySpec key, String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(id.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing", e);
        }
    }
}
