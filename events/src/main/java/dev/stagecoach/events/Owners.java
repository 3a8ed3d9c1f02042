package dev.stagecoach.events;

import org.jspecify.annotations.Nullable;

/** Who looks after an account: names or addresses of the team's own people. */
public record Owners(
        @Nullable String technicalAdvisor, @Nullable String accountExecutive) {
    public static final Owners NONE = new Owners(null, null);
}
