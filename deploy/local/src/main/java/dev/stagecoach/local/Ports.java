package dev.stagecoach.local;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Loopback;
import dev.stagecoach.platform.PortInUseException;
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
     * Looks at those of the services, before one starts. The platform looks at its own.
     *
     * @throws PortInUseException naming the first that is taken and what wanted it
     */
    void requireFreeForServices(Size size) {
        size.everyReplica().forEach(replica -> Loopback.requireFree(of(replica), replica.toString()));
    }
}
