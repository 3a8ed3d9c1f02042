package dev.stagecoach.platform;

import java.util.List;
import java.util.Optional;

/** A PostgreSQL server that answers, with the superuser that {@link Databases} names. */
interface RunningPostgres extends AutoCloseable {

    /** As in a JDBC URL: {@code host:port}. */
    String address();

    /** Its process, if it runs on this machine and outside a container. */
    default Optional<ProcessHandle> process() {
        return Optional.empty();
    }

    /** Itself, if it can be made to fail. */
    default List<Server> servers() {
        return List.of();
    }

    @Override
    void close();
}
