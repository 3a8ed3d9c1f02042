package dev.stagecoach.events.exactlyonce;

import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;

/** A Kafka or a PostgreSQL of a test's own that goes away and comes back with all it had, at the same port. */
final class Server implements AutoCloseable {
    private final PlatformOptions options;
    private Platform running;

    Server(Part part, Path directory) throws IOException {
        options = new PlatformOptions(directory, freePort(), freePort(), 0, 0, Set.of(part), false);
        running = Platform.start(options);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Platform running() {
        return running;
    }

    void stop() {
        running.close();
    }

    void startAgain() {
        running = Platform.start(options);
    }

    @Override
    public void close() {
        running.close();
    }
}
