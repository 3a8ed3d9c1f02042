package dev.stagecoach.local;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Ports for tests that run at the same time as others, in this build or another. They lie below those that a system gives to
 * whoever asks for any, so that a port nobody listens on, because its service was killed, is still there when that comes back.
 * Each JVM has a block of them to itself: it holds the first until it ends.
 */
final class OwnPorts {

    private static final int LOWEST = 20_000;
    private static final int BLOCKS = 100;
    private static final int BLOCK = 100;

    private static final Random RANDOM = new Random();

    private static @Nullable ServerSocket first;
    private static int last;

    private OwnPorts() {}

    /** For all parts of a stack with one of everything. */
    static Ports ofAStack() {
        return ofAStack(Size.SMALLEST);
    }

    /** For all parts of a stack, whose further brokers and replicas have the ports of which none is given to anybody else. */
    static synchronized Ports ofAStack(Size size) {
        var services = new EnumMap<Service, Integer>(Service.class);
        for (var service : Service.values()) {
            services.put(service, next());
        }
        var ports = new Ports(lastOfMany(size.brokers()) - size.brokers() + 1, next(), next(), next(), services);
        last += Replica.PORT_STEP * (size.replicas() - 1);
        return ports;
    }

    private static int lastOfMany(int number) {
        int port = next();
        for (int more = 1; more < number; more++) {
            port = next();
        }
        return port;
    }

    /** One that was not given before, and that nobody listens on. */
    static synchronized int next() {
        if (first == null) {
            first = someBlock();
            last = first.getLocalPort();
        }
        while (++last < first.getLocalPort() + BLOCK) {
            if (isFree(last)) {
                return last;
            }
        }
        throw new IllegalStateException(
                "all " + BLOCK + " ports of this JVM from " + first.getLocalPort() + " are given");
    }

    private static ServerSocket someBlock() {
        for (int attempt = 0; attempt < BLOCKS; attempt++) {
            try {
                return listenOn(LOWEST + BLOCK * RANDOM.nextInt(BLOCKS));
            } catch (IOException e) {
                // Somebody has that block.
            }
        }
        throw new IllegalStateException("no free block of ports from " + LOWEST);
    }

    private static boolean isFree(int port) {
        try (var socket = listenOn(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket listenOn(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
