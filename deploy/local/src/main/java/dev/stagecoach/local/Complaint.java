package dev.stagecoach.local;

/** What the user can do something about: the message is one sentence for them. */
final class Complaint extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Complaint(String message) {
        super(message);
    }

    Complaint(String message, Throwable cause) {
        super(message, cause);
    }
}
