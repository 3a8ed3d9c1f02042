package dev.stagecoach.local;

import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How to run a stack.
 *
 * @param home the checkout whose services run
 * @param state the directory for data, logs and the like
 * @param keep whether the data stays for the next time
 * @param timeLapse whether time comes from whoever publishes ticks, instead of from the clock on the wall
 * @param size how many of everything
 */
record StackOptions(Path home, Path state, Ports ports, boolean keep, boolean timeLapse, Size size) {

    /**
     * How many of everything.
     *
     * @param brokers nodes of Kafka: 1 or 3
     * @param replicas processes of each service
     */
    record Size(int brokers, int replicas) {

        static final Size SMALLEST = new Size(1, 1);

        /** By service, and by number within one. */
        Stream<Replica> everyReplica() {
            return Stream.of(Service.values()).flatMap(this::replicasOf);
        }

        Stream<Replica> replicasOf(Service service) {
            return IntStream.rangeClosed(1, replicas).mapToObj(number -> new Replica(service, number));
        }
    }

    /** With one of everything. */
    StackOptions(Path home, Path state, Ports ports, boolean keep, boolean timeLapse) {
        this(home, state, ports, keep, timeLapse, Size.SMALLEST);
    }
}
