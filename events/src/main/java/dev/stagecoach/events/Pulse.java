package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How the technical advisor rates an account. */
public enum Pulse {
    HEALTHY("healthy"),
    CONCERNING("concerning"),
    POOR("poor");

    private final String wireName;

    Pulse(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON and in policy files. */
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
    public static Pulse of(String wireName) {
        return WireNames.find(Pulse.class, Pulse::wireName, wireName);
    }
}
