package dev.stagecoach.platform;

import java.util.Optional;

/** A PostgreSQL server that answers, with the superuser that {@link Databases} names. */
interface RunningPostgres extends AutoCloseable {

    /** As in a JDBC URL: {@code host:port}. */
    String address();

    /** Its process, if it runs on this machine and outside a container. */
    default Optional<ProcessHandle> process() {
        return Optional.empty();
    }

    @Override
    void close();
}
