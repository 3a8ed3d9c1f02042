package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a third of the health score. */
public enum HealthLevel {
    HEALTHY("healthy"),
    CONCERNING("concerning"),
    POOR("poor"),
    /** No measure is known. */
    UNKNOWN("unknown");

    private final String wireName;

    HealthLevel(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON, in policy files and in query parameters. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /**
     * The inverse of {@link #wireName()}, ignoring case.
     *
     * @throws IllegalArgumentException naming the accepted values
     */
    @JsonCreator
    public static HealthLevel of(String wireName) {
        return WireNames.find(HealthLevel.class, HealthLevel::wireName, wireName);
    }
}
