package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that a write key may have, by which it can be recognised and not be found.
 *
 * @param sha256 of the key's whole text in UTF-8, in hexadecimal digits
 * @param until from when on it is not good any more; null while there is no end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WriteKeySecret(String sha256, @Nullable Instant until) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public WriteKeySecret {
        if (!HASH.matcher(Checks.notBlank("secrets[].sha256", sha256)).matches()) {
            throw new IllegalArgumentException(
                    "secrets[].sha256: " + sha256.length() + " characters (expected: 64 hexadecimal digits)");
        }
    }

    public boolean isGoodAt(Instant time) {
        return until == null || time.isBefore(until);
    }
}
