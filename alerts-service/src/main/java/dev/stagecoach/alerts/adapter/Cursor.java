package dev.stagecoach.alerts.adapter;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** A place in the list of alerts, newest first: what follows it is older. */
record Cursor(Instant at, String id) {
    private static final String SEPARATOR = "~";

    /** Opaque to callers. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + SEPARATOR + id).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException when the text is none of {@link #text()} */
    static Cursor of(String text) {
        String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int separator = decoded.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException("no cursor: " + text);
        }
        try {
            return new Cursor(Instant.parse(decoded.substring(0, separator)), decoded.substring(separator + 1));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no cursor: " + text, e);
        }
    }
}
