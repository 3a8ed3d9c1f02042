package dev.stagecoach.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account moved to another stage. {@code from} is null when it had none. */
public record StageChanged(
        String account,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Stage from,
        Stage to,
        Instant at,
        Reason reason)
        implements EventData {
    public StageChanged {
        Checks.notBlank("account", account);
        Checks.present("to", to);
        Checks.present("at", at);
        Checks.present("reason", reason);
    }
}
