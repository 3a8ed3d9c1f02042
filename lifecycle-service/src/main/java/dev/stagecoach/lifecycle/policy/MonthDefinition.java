package dev.stagecoach.lifecycle.policy;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which month "monthly active users" means. */
public enum MonthDefinition {
    LAST_CLOSED_MONTH("last-closed-month"),
    ROLLING_30_DAYS("rolling-30-days");

    private final String wireName;

    MonthDefinition(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }
}
