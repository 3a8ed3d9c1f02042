package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One input of a decision.
 *
 * @param value a number or a date; {@code null} when unknown
 * @param threshold what it was compared with, if anything
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Input(
        String name, @Nullable Object value, @Nullable Object threshold) {
    public Input {
        Checks.notBlank("inputs[].name", name);
    }
}
