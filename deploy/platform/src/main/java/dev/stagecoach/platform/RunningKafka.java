package dev.stagecoach.platform;

import java.util.Optional;

/** A broker that answers. */
interface RunningKafka extends AutoCloseable {

    String bootstrapServers();

    /** Its process, if it runs on this machine and outside a container. */
    default Optional<ProcessHandle> process() {
        return Optional.empty();
    }

    @Override
    void close();
}
