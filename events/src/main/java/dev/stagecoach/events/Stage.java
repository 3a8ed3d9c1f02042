package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A stage of the post-sales journey. An account before Prospect has no stage, which is {@code null} on the wire. */
public enum Stage {
    /** Not closed, expected to close within the policy's horizon. */
    PROSPECT("Prospect"),
    /** The first days after the contract closed. */
    ONBOARDING("Onboarding"),
    /** Onboarding is over and the usage targets are not met yet. */
    ADOPTING("Adopting"),
    /** Utilization and usage targets are met. */
    NURTURING("Nurturing"),
    /** The renewal date is near. */
    RENEWING("Renewing"),
    /** The term ended without a renewal; outside the five stages. */
    CHURNED("Churned");

    private final String wireName;

    Stage(String wireName) {
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
    public static Stage of(String wireName) {
        return WireNames.find(Stage.class, Stage::wireName, wireName);
    }
}
