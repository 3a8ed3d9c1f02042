package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a contact does at the account; a contact can hold several. */
public enum Role {
    CHAMPION("champion"),
    DEAL_CONTACT("deal-contact"),
    INSTANCE_ADMIN("instance-admin"),
    EXECUTIVE("executive"),
    ECONOMIC_BUYER("economic-buyer"),
    END_USER("end-user"),
    PROGRAM_CONTACT("program-contact");

    private final String wireName;

    Role(String wireName) {
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
    public static Role of(String wireName) {
        return WireNames.find(Role.class, Role::wireName, wireName);
    }
}
