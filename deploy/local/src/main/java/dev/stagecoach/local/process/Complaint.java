package dev.stagecoach.local.process;

/** What the user can do something about: the message is one sentence for them. */
public final class Complaint extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Complaint(String message) {
        super(message);
    }

    public Complaint(String message, Throwable cause) {
        super(message, cause);
    }
}
