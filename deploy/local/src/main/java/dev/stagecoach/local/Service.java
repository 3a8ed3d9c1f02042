package dev.stagecoach.local;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The product's services. */
enum Service {
    INGEST("usage-ingest", 8081, null),
    LIFECYCLE("lifecycle-service", 8082, "lifecycle"),
    OUTREACH("outreach-service", 8083, "outreach"),
    ALERTS("alerts-service", 8080, "alerts");

    private final String title;
    private final int defaultPort;
    private final @Nullable String database;

    Service(String title, int defaultPort, @Nullable String database) {
        this.title = title;
        this.defaultPort = defaultPort;
        this.database = database;
    }

    int defaultPort() {
        return defaultPort;
    }

    /** The name of its database; empty for the one that keeps nothing. */
    Optional<String> database() {
        return Optional.ofNullable(database);
    }

    /** What its build leaves behind to run. */
    Path jar(Path home) {
        return home.resolve(title).resolve("target/quarkus-app/quarkus-run.jar");
    }

    @Override
    public String toString() {
        return title;
    }
}
