package dev.stagecoach.platform;

/** A PostgreSQL server that answers, with the superuser that {@link Databases} names. */
interface RunningPostgres extends AutoCloseable {

    /** As in a JDBC URL: {@code host:port}. */
    String address();

    @Override
    void close();
}
