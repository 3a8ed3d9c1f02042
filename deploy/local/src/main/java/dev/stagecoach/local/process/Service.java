package dev.stagecoach.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The product's services. */
public enum Service {
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

    public int defaultPort() {
        return defaultPort;
    }

    /** The name of its database; empty for the one that keeps nothing. */
    public Optional<String> database() {
        return Optional.ofNullable(database);
    }

    /** What its build leaves behind to run. */
    public Path jar(Path home) {
        return home.resolve(title).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /**
     * Checks that services are there to run.
     *
     * @throws Complaint if one of them has not been built in this checkout
     */
    public static void requireBuilt(Path home, Service... services) {
        for (var service : services) {
            if (!Files.isRegularFile(service.jar(home))) {
                throw new Complaint("The service " + service + " is not built: there is no " + service.jar(home) + ".");
            }
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
