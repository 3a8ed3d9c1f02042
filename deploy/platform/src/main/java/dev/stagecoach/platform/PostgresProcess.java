package dev.stagecoach.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PostgreSQL from binaries that are unpacked once per user and version. */
final class PostgresProcess implements RunningPostgres, Server {

    /** Long enough for recovery after a kill. */
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

    /** How long the children of a killed server may take to notice. */
    private static final long CHILDREN_TIMEOUT_SECONDS = 30;

    private final PlatformOptions options;
    private final int port;
    private volatile EmbeddedPostgres server;
    private volatile Optional<ProcessHandle> process;
    private volatile List<ProcessHandle> frozen = List.of();

    private PostgresProcess(PlatformOptions options, int port) {
        this.options = options;
        this.port = port;
        this.server = launch(options, port);
        this.process = new PostgresPidFile(dataDirectory(options)).process();
    }

    static Path dataDirectory(PlatformOptions options) {
        return options.directory().resolve("postgres");
    }

    static PostgresProcess start(PlatformOptions options) {
        return Loopback.onFreePort(options.postgresPort(), port -> start(options, port));
    }

    private static PostgresProcess start(PlatformOptions options, int port) {
        var started = new PostgresProcess(options, port);
        if (!isOurs(started.server)) {
            started.close();
            throw new PortInUseException(port, Part.POSTGRES.toString());
        }
        return started;
    }

    private static EmbeddedPostgres launch(PlatformOptions options, int port) {
        var data = dataDirectory(options);
        var log = Logs.file(options, "postgres.log");
        try {
            return builder(options, port, data, Redirect.appendTo(log.toFile())).start();
        } catch (IOException | RuntimeException e) {
            new PostgresPidFile(data).endServer();
            throw new PlatformException("PostgreSQL did not start; the end of " + log + ":" + Logs.endOf(log), e);
        }
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
        return Loopback.ADDRESS + ":" + port;
    }

    @Override
    public Optional<ProcessHandle> process() {
        return process;
    }

    @Override
    public List<Server> servers() {
        return List.of(this);
    }

    /** Its children end by themselves when they notice; until then no other server can use the data. */
    @Override
    public void kill() {
        var killed = running();
        var children = killed.descendants().toList();
        killed.destroyForcibly();
        killed.onExit().join();
        CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, CHILDREN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void start() {
        closeQuietly(server);
        server = launch(options, port);
        if (!isOurs(server)) {
            throw new PlatformException(
                    "PostgreSQL did not start again; its log is " + Logs.file(options, "postgres.log") + ".");
        }
        process = new PostgresPidFile(dataDirectory(options)).process();
    }

    /** The library's own files are let go; that there is no server to stop is known. */
    private static void closeQuietly(EmbeddedPostgres gone) {
        try {
            gone.close();
        } catch (IOException e) {
            throw new PlatformException("The killed PostgreSQL cannot be put away: " + e.getMessage(), e);
        }
    }

    @Override
    public void freeze() {
        var postmaster = running();
        // First the one that would start others.
        Freezer.freeze(List.of(postmaster));
        var children = postmaster.descendants().toList();
        Freezer.freeze(children);
        frozen = Stream.concat(children.stream(), Stream.of(postmaster)).toList();
    }

    @Override
    public void thaw() {
        Freezer.thaw(frozen);
        frozen = List.of();
    }

    private ProcessHandle running() {
        return process.orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
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

    @Override
    public String toString() {
        return Part.POSTGRES.toString();
    }
}
