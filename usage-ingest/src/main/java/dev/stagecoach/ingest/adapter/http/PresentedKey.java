package dev.stagecoach.ingest.adapter.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The write key in an {@code Authorization} header. */
final class PresentedKey {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private PresentedKey() {}

    /**
     * The user name of Basic authentication, or the token of Bearer authentication.
     *
     * @return null when the header names no key, so that the one in the body counts
     */
    static @Nullable String in(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return userName(authorization.substring(BASIC.length()).strip());
        }
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return emptyToNull(authorization.substring(BEARER.length()).strip());
        }
        return null;
    }

    private static @Nullable String userName(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return emptyToNull(colon < 0 ? decoded : decoded.substring(0, colon));
        } catch (IllegalArgumentException e) {
            // Not base64: as a key it is unknown, which is what its sender needs to hear.
            return credentials;
        }
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
