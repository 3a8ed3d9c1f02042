package dev.stagecoach.lifecycle.policy;

/** Whose counts decide about an account that has both. */
public enum UsageSource {
    /** What instances count is their own; events can be partial. */
    PINGS("pings"),
    /** Events name their users, whichever instance they use. */
    EVENTS("events");

    private final String wireName;

    UsageSource(String wireName) {
        this.wireName = wireName;
    }

    /** The name in policy files. */
    public String wireName() {
        return wireName;
    }
}
