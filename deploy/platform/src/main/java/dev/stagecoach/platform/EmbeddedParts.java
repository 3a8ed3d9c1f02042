package dev.stagecoach.platform;

/** Kafka as a child JVM, PostgreSQL as a process of its own binaries. */
final class EmbeddedParts implements Parts {

    @Override
    public void endLeftOvers(PlatformOptions options) {
        if (options.parts().contains(Part.POSTGRES)) {
            new PostgresPidFile(PostgresProcess.dataDirectory(options)).endServer();
        }
    }

    @Override
    public RunningKafka startKafka(PlatformOptions options) {
        return KafkaProcesses.start(options);
    }

    @Override
    public RunningPostgres startPostgres(PlatformOptions options) {
        return PostgresProcess.start(options);
    }
}
