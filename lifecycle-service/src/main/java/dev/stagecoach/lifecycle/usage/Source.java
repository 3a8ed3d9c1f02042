package dev.stagecoach.lifecycle.usage;

/** Whose counts decide. */
public enum Source {
    PING("ping"),
    EVENT("event");

    private final String wireName;

    Source(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The inverse of {@link #wireName()}. */
    public static Source of(String wireName) {
        return wireName.equals(PING.wireName) ? PING : EVENT;
    }
}
