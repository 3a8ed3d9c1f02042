package dev.stagecoach.platform;

/** A part could not be started. The message names the part and, where there is one, its log. */
public class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlatformException(String message) {
        super(message);
    }

    PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
