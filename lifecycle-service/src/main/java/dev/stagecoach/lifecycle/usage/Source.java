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
}
