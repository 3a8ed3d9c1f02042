package dev.stagecoach.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;

/** PostgreSQL from binaries that are unpacked once per user and version. */
final class PostgresProcess implements RunningPostgres {

    /** Long enough for recovery after a kill. */
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private PostgresProcess(EmbeddedPostgres server) {
        this.server = server;
    }

    static Path dataDirectory(PlatformOptions options) {
        return options.directory().resolve("postgres");
    }

    static PostgresProcess start(PlatformOptions options) {
        var data = dataDirectory(options);
        var log = Logs.file(options, "postgres.log");
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(unpackedBinaries().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(Loopback.freePortIfZero(options.postgresPort()))
                .setPGStartupWait(STARTUP_TIMEOUT)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setServerConfig("listen_addresses", Loopback.ADDRESS)
                // None is needed, and its lock file would be yet another thing to be left behind.
                .setServerConfig("unix_socket_directories", "");
        PostgresSettings.of(options).forEach(builder::setServerConfig);
        PostgresSettings.LOCALE.forEach(builder::setLocaleConfig);
        try {
            return new PostgresProcess(builder.start());
        } catch (IOException | RuntimeException e) {
            new PostgresPidFile(data).endServer();
            throw new PlatformException("PostgreSQL did not start; the end of " + log + ":" + Logs.endOf(log), e);
        }
    }

    /** Not in the temporary directory, out of which systems delete single files that were not used for a while. */
    private static Path unpackedBinaries() {
        return Path.of(System.getProperty("user.home"), ".cache", "stagecoach");
    }

    @Override
    public String address() {
        return Loopback.ADDRESS + ":" + server.getPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new PlatformException("PostgreSQL did not stop.", e);
        }
    }
}
