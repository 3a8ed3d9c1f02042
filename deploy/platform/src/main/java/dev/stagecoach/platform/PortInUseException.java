package dev.stagecoach.platform;

/** A wanted port is taken. The message is one sentence for the user, with the port and what wanted it. */
public class PortInUseException extends PlatformException {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(int port, String wantedBy) {
        super("Port " + port + ", wanted for " + wantedBy + ", is in use by another program.");
        this.port = port;
    }

    public int port() {
        return port;
    }
}
