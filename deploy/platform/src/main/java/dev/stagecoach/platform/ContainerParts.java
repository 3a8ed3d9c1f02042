package dev.stagecoach.platform;

/** Kafka and PostgreSQL in containers, by Testcontainers. Those of a killed JVM are Testcontainers' to remove. */
final class ContainerParts implements Parts {

    @Override
    public void endLeftOvers(PlatformOptions options) {
        // Nothing of ours outlives this JVM.
    }

    @Override
    public RunningKafka startKafka(PlatformOptions options) {
        return KafkaInContainer.start(options);
    }

    @Override
    public RunningPostgres startPostgres(PlatformOptions options) {
        return PostgresInContainer.start(options);
    }
}
