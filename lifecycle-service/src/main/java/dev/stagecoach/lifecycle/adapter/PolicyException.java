package dev.stagecoach.lifecycle.adapter;

import org.jspecify.annotations.Nullable;

/** The policy cannot be used; the message says where and why. */
final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
