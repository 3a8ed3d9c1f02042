package dev.stagecoach.outreach.adapter;

import org.jspecify.annotations.Nullable;

/** A campaign or template that cannot be used. The message names file, line and what was expected. */
final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyException(String file, int line, @Nullable String problem, @Nullable Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + problem, cause);
    }
}
