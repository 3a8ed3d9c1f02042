package dev.stagecoach.platform;

import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

final class PostgresInContainer implements RunningPostgres {

    private static final String IMAGE = "postgres:18-alpine";
    private static final int PORT = 5432;
    private static final String HOME = "/var/lib/postgresql/stagecoach";

    private final PostgreSQLContainer container;
    private final PlatformOptions options;

    private PostgresInContainer(PostgreSQLContainer container, PlatformOptions options) {
        this.container = container;
        this.options = options;
    }

    static PostgresInContainer start(PlatformOptions options) {
        var container = new PostgreSQLContainer(IMAGE)
                .withUsername(Databases.USER)
                .withPassword(Databases.PASSWORD)
                .withEnv("PGDATA", HOME + "/data")
                .withEnv("POSTGRES_INITDB_ARGS", PostgresSettings.initdbArguments())
                .withCommand(command(options))
                // Testcontainers waits for the second "ready" in the log, which comes only where there is no data yet.
                .waitingFor(Wait.forSuccessfulCommand("pg_isready -h 127.0.0.1"));
        Containers.publish(container, options.postgresPort(), PORT);
        Containers.keep(container, options, "postgres-container", HOME);
        container.start();
        return new PostgresInContainer(container, options);
    }

    private static String[] command(PlatformOptions options) {
        var command = new ArrayList<>(List.of("postgres"));
        PostgresSettings.of(options).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command.toArray(String[]::new);
    }

    @Override
    public String address() {
        return container.getHost() + ":" + container.getMappedPort(PORT);
    }

    @Override
    public void close() {
        Containers.stop(container, options);
    }
}
