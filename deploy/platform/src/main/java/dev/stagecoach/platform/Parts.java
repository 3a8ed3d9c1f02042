package dev.stagecoach.platform;

/** What Kafka and PostgreSQL run on. Mail is served by this JVM either way: only from here can it be looked into. */
interface Parts {

    /** Ends what an earlier platform in this directory left running when it was killed. */
    void endLeftOvers(PlatformOptions options);

    RunningKafka startKafka(PlatformOptions options);

    RunningPostgres startPostgres(PlatformOptions options);

    /**
     * The wanted kind; embedded if nothing is said.
     *
     * @throws IllegalArgumentException if the system property {@code platform} names neither kind
     */
    static Parts fromSystemProperty() {
        var kind = System.getProperty("platform", "embedded");
        return switch (kind) {
            case "embedded" -> new EmbeddedParts();
            case "containers" -> new ContainerParts();
            default -> throw new IllegalArgumentException("platform: " + kind + " (expected: embedded or containers)");
        };
    }
}
