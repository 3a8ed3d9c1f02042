package dev.stagecoach.lifecycle.adapter;

/** The policy cannot be used; the message says where and why. */
final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}
