package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account moved to another stage.
 *
 * @param from null when it had none
 * @param to null when it has none any more: a stage set by hand ended, and the rules know none
 */
public record StageChanged(
        String account,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Stage from,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Stage to,
        Instant at,
        Reason reason)
        implements EventData {
    public StageChanged {
        Checks.notBlank("account", account);
        Checks.present("at", at);
        Checks.present("reason", reason);
    }
}
