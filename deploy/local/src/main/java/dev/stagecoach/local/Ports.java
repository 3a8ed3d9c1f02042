package dev.stagecoach.local;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the parts listen, all on the loopback interface. Further brokers have the ports after that of the first, and further replicas of a
 * service ports ten apart.
 *
 * @param kafka of the first broker
 * @param services of the first replica of each
 */
record Ports(int kafka, int postgres, int smtp, int imap, Map<Service, Integer> services) {

    static final int HIGHEST_OFFSET = 56_000;

    /** The only one above ours on the Fetch standard's list of bad ports. */
    static final int CLOSED_TO_BROWSERS = 10080;

    private static final int KAFKA = 9092;
    private static final int POSTGRES = 5433;
    private static final int SMTP = 2525;
    private static final int IMAP = 1143;

    Ports {
        services = Map.copyOf(services);
    }

    /**
     * The documented ports, moved.
     *
     * @param offset 0 to {@link #HIGHEST_OFFSET}
     */
    static Ports movedBy(int offset) {
        var services = new LinkedHashMap<Service, Integer>();
        for (var service : Service.values()) {
            services.put(service, service.defaultPort() + offset);
        }
        return new Ports(KAFKA + offset, POSTGRES + offset, SMTP + offset, IMAP + offset, services);
    }

    /** Of its first replica. */
    int of(Service service) {
        return Objects.requireNonNull(services.get(service));
    }

    int of(Replica replica) {
        return replica.port(of(replica.service()));
    }

    /** The one whose pages no browser would open. */
    Optional<Replica> closedToBrowsers(Size size) {
        return size.everyReplica()
                .filter(replica -> of(replica) == CLOSED_TO_BROWSERS)
                .findAny();
    }

    /**
     * Looks at all of them, before anything starts.
     *
     * @throws Complaint naming the first that is taken and what wanted it
     */
    void requireFree(Size size) {
        for (int broker = 0; broker < size.brokers(); broker++) {
            requireFree(kafka + broker, "Kafka");
        }
        requireFree(postgres, "PostgreSQL");
        requireFree(smtp, "SMTP");
        requireFree(imap, "IMAP");
        size.everyReplica().forEach(replica -> requireFree(of(replica), replica.toString()));
    }

    private static void requireFree(int port, String wantedBy) {
        try (var socket = new ServerSocket()) {
            // Connections of a predecessor that are only timing out do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new Complaint(
                    "Port %d, wanted by %s, is in use by another program: stop that, or move all ports with --port-offset N."
                            .formatted(port, wantedBy),
                    e);
        }
    }
}
