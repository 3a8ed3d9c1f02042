package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where the parts listen, all on the loopback interface. */
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

    int of(Service service) {
        return Objects.requireNonNull(services.get(service));
    }

    /** The service whose pages no browser would open. */
    Optional<Service> closedToBrowsers() {
        return services.entrySet().stream()
                .filter(entry -> entry.getValue() == CLOSED_TO_BROWSERS)
                .map(Map.Entry::getKey)
                .findAny();
    }

    /**
     * Looks at all of them, before anything starts.
     *
     * @throws Complaint naming the first that is taken and what wanted it
     */
    void requireFree() {
        requireFree(kafka, "Kafka");
        requireFree(postgres, "PostgreSQL");
        requireFree(smtp, "SMTP");
        requireFree(imap, "IMAP");
        for (var service : Service.values()) {
            requireFree(of(service), service.toString());
        }
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
