package dev.stagecoach.lifecycle.policy;

/** Which month "monthly active users" means. */
public enum MonthDefinition {
    LAST_CLOSED_MONTH("last-closed-month"),
    ROLLING_30_DAYS("rolling-30-days");

    private final String wireName;

    MonthDefinition(String wireName) {
        this.wireName = wireName;
    }

    /** The name in policy files and in decisions. */
    public String wireName() {
        return wireName;
    }
}
