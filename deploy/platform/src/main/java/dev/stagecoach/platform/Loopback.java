package dev.stagecoach.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The only address anything here listens on, and its ports. */
final class Loopback {

    static final String ADDRESS = "127.0.0.1";
    private static final byte[] BYTES = {127, 0, 0, 1};

    private Loopback() {}

    /**
     * A port that is free now, for a server that cannot be told to take any; someone else may be faster.
     *
     * @param port 0 = any free; any other comes back as it is
     */
    static int freePortIfZero(int port) {
        if (port != 0) {
            return port;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(BYTES), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + ADDRESS, e);
        }
    }

    /**
     * Fails if a wanted port is taken; 0 always passes.
     *
     * @throws PortInUseException if something listens there
     */
    static void requireFree(int port, String wantedBy) {
        if (port == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            // Connections of a predecessor that are only timing out do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(BYTES), port));
        } catch (IOException e) {
            throw new PortInUseException(port, wantedBy);
        }
    }
}
