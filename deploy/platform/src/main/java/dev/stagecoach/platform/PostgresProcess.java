package dev.stagecoach.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** PostgreSQL from binaries that are unpacked once per user and version. */
final class PostgresProcess implements RunningPostgres {

    /** Long enough for recovery after a kill. */
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final Optional<ProcessHandle> process;

    private PostgresProcess(EmbeddedPostgres server, Optional<ProcessHandle> process) {
        this.server = server;
        this.process = process;
    }

    static Path dataDirectory(PlatformOptions options) {
        return options.directory().resolve("postgres");
    }

    static PostgresProcess start(PlatformOptions options) {
        return Loopback.onFreePort(options.postgresPort(), port -> start(options, port));
    }

    private static PostgresProcess start(PlatformOptions options, int port) {
        var data = dataDirectory(options);
        var log = Logs.file(options, "postgres.log");
        var pidFile = new PostgresPidFile(data);
        EmbeddedPostgres server;
        try {
            server = builder(options, port, data, Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException | RuntimeException e) {
            pidFile.endServer();
            throw new PlatformException("PostgreSQL did not start; the end of " + log + ":" + Logs.endOf(log), e);
        }
        var started = new PostgresProcess(server, pidFile.process());
        if (!isOurs(server)) {
            started.close();
            throw new PortInUseException(port, Part.POSTGRES.toString());
        }
        return started;
    }

    /** The library is content with whoever answers on the port, be it someone else's server that was faster. */
    private static boolean isOurs(EmbeddedPostgres server) {
        try {
            // This is pg_ctl, which ends when the server is ready or has failed.
            return server.getProcess().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static EmbeddedPostgres.Builder builder(PlatformOptions options, int port, Path data, Redirect log) {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(UnpackedBinaries.directory().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(STARTUP_TIMEOUT)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setServerConfig("listen_addresses", Loopback.ADDRESS)
                // None is needed, and its lock file would be yet another thing to be left behind.
                .setServerConfig("unix_socket_directories", "");
        PostgresSettings.of(options).forEach(builder::setServerConfig);
        PostgresSettings.LOCALE.forEach(builder::setLocaleConfig);
        return builder;
    }

    @Override
    public String address() {
        return Loopback.ADDRESS + ":" + server.getPort();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return process;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new PlatformException("PostgreSQL did not stop.", e);
        } finally {
            // The library waits for 5 s only, and not for the process to be gone.
            process.ifPresent(PostgresPidFile::end);
        }
    }
}
