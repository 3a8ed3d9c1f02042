package dev.stagecoach.ingest.tracking;

import java.nio.charset.StandardCharsets;

/** Bytes of a body, from {@code start} up to and without {@code end}. */
public record Slice(int start, int end) {
    /** Nothing. */
    public static final Slice NONE = new Slice(0, 0);

    public int length() {
        return end - start;
    }

    public String textOf(byte[] body) {
        return new String(body, start, length(), StandardCharsets.UTF_8);
    }
}
