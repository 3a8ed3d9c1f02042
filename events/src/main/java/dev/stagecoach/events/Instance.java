package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of the product at an account.
 *
 * @param production whether its numbers count
 */
public record Instance(String id, boolean production) {
    public Instance {
        Checks.notBlank("instances[].id", id);
    }

    /** Where only the id is given, the instance is a production instance. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Instance production(String id) {
        return new Instance(id, true);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Instance of(@JsonProperty("id") String id, @JsonProperty("production") @Nullable Boolean production) {
        return new Instance(id, production == null || production);
    }
}
