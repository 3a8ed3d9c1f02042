package dev.stagecoach.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only address anything here listens on, and its ports. */
public final class Loopback {

    static final String ADDRESS = "127.0.0.1";
    private static final byte[] BYTES = {127, 0, 0, 1};

    private static final Logger LOG = LoggerFactory.getLogger(Loopback.class);
    private static final int ATTEMPTS = 3;

    private Loopback() {}

    /**
     * Starts a server that must be told its port, and again on another port if someone else was faster.
     *
     * @param port 0 = any free
     * @param start throws {@link PortInUseException} if something listens there already
     */
    static <T> T onFreePort(int port, IntFunction<T> start) {
        for (int attempt = 1; port == 0 && attempt < ATTEMPTS; attempt++) {
            try {
                return start.apply(freePort());
            } catch (PortInUseException e) {
                LOG.info("{} Another one is tried.", e.getMessage());
            }
        }
        return start.apply(port == 0 ? freePort() : port);
    }

    /** A port that is free now. */
    static int freePort() {
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
    public static void requireFree(int port, String wantedBy) {
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
