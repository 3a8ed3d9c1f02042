package dev.stagecoach.platform;

/** What Kafka and PostgreSQL run on. Mail is served by this JVM either way: only from here can it be looked into. */
interface Parts {

    /** Ends what an earlier platform in this directory left running when it was killed. */
    void endLeftOvers(PlatformOptions options);

    RunningKafka startKafka(PlatformOptions options);

    RunningPostgres startPostgres(PlatformOptions options);

    /** What the system property {@code platform} names; embedded if it is not set. */
    static Parts bySystemProperty() {
        return named(System.getProperty("platform", "embedded"));
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Parts named(String kind) {
        return switch (kind) {
            case "embedded" -> new EmbeddedParts();
            case "containers" -> new ContainerParts();
            default -> throw new IllegalArgumentException("platform: " + kind + " (expected: embedded or containers)");
        };
    }
}
