package dev.stagecoach.platform;

import java.util.List;
import java.util.Optional;

/** A broker that answers. */
interface RunningKafka extends AutoCloseable {

    String bootstrapServers();

    /** Its process, if it runs on this machine and outside a container. */
    default Optional<ProcessHandle> process() {
        return Optional.empty();
    }

    /** What of it can be made to fail. */
    default List<Server> servers() {
        return List.of();
    }

    @Override
    void close();
}
