package dev.stagecoach.local.process;

/**
 * One of the processes of a service.
 *
 * @param number 1 for the first
 */
public record Replica(Service service, int number) implements Comparable<Replica> {

    /** How far apart the ports of two replicas of a service are. */
    public static final int PORT_STEP = 10;

    /** Within the ports of a service and those of the next. */
    public static final int MOST = 9;

    public Replica {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException("number: " + number + " (expected: 1 to " + MOST + ")");
        }
    }

    /** Where it listens when the first one of its service listens there. */
    public int port(int first) {
        return first + PORT_STEP * (number - 1);
    }

    @Override
    public int compareTo(Replica other) {
        return service == other.service ? Integer.compare(number, other.number) : service.compareTo(other.service);
    }

    /** That of the service, with a number for all but the first. */
    @Override
    public String toString() {
        return number == 1 ? service.toString() : service + "-" + number;
    }
}
