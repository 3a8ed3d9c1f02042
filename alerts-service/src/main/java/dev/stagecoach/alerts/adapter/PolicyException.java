package dev.stagecoach.alerts.adapter;

/** A policy that cannot be used: the message names the file, the line and what was expected. */
final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyException(String message) {
        super(message);
    }
}
