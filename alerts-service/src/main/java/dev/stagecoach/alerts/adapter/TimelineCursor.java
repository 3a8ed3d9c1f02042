package dev.stagecoach.alerts.adapter;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** A place in a timeline, newest first: what follows it is older. */
record TimelineCursor(Instant at, int rank, String id) {
    private static final String SEPARATOR = "~";
    private static final int PARTS = 3;

    /** Opaque to callers. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + SEPARATOR + rank + SEPARATOR + id).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException when the text is none of {@link #text()} */
    static TimelineCursor of(String text) {
        String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        String[] parts = decoded.split(SEPARATOR, PARTS);
        if (parts.length < PARTS) {
            throw new IllegalArgumentException("no cursor: " + text);
        }
        if (decoded.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no cursor: " + text);
        }
        try {
            return new TimelineCursor(Instant.parse(parts[0]), Integer.parseInt(parts[1]), parts[2]);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no cursor: " + text, e);
        }
    }
}
