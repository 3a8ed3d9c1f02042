package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How an account is served. */
public enum Segment {
    /** A named technical advisor writes; the e-mail programme stays silent. */
    MANAGED("managed"),
    /** A shared technical advisor. */
    SCALED("scaled"),
    /** No technical advisor. */
    DIGITAL("digital");

    private final String wireName;

    Segment(String wireName) {
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
    public static Segment of(String wireName) {
        return WireNames.find(Segment.class, Segment::wireName, wireName);
    }
}
