package dev.stagecoach.platform;

/** A broker that answers. */
interface RunningKafka extends AutoCloseable {

    String bootstrapServers();

    @Override
    void close();
}
