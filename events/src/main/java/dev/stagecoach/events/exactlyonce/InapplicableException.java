package dev.stagecoach.events.exactlyonce;

/** The handler, or reading for it, failed with the cause: as opposed to what goes on around it. */
final class InapplicableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final RuntimeException failure;

    InapplicableException(RuntimeException failure) {
        super(failure);
        this.failure = failure;
    }

    RuntimeException failure() {
        return failure;
    }
}
