package dev.stagecoach.bench;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Guardian;
import dev.stagecoach.local.process.JavaCommand;
import dev.stagecoach.local.process.ProcessRecord;
import dev.stagecoach.local.process.Readiness;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.process.TopicSetup;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformException;
import dev.stagecoach.platform.PlatformOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.FileUtils;

/** Kafka and PostgreSQL of the benchmark's own, on free ports of the loopback interface, and what runs on them. */
final class Bed implements AutoCloseable {

    private static final String MAINTENANCE = "postgres";

    private final Place place;
    private final StateDirectory state;
    private final Guardian guardian;
    private final Platform platform;

    private Bed(Place place, StateDirectory state, Guardian guardian, Platform platform) {
        this.place = place;
        this.state = state;
        this.guardian = guardian;
        this.platform = platform;
    }

    /** @throws Complaint if something does not start; what had been started is stopped */
    static Bed make(Place place) {
        return make(place, Set.of(Part.KAFKA, Part.POSTGRES));
    }

    /** With only some of the parts; otherwise like {@link #make(Place)}. */
    static Bed make(Place place, Set<Part> parts) {
        var state = StateDirectory.open(place.directory());
        try {
            state.processes().endAll();
            delete(state.data(false));
            var guardian = Guardian.start(place.directory(), state.log("guardian"));
            return make(place, parts, state, guardian);
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    private static Bed make(Place place, Set<Part> parts, StateDirectory state, Guardian guardian) {
        Platform platform;
        try {
            // Deleted here, and not by the platform, which would run PostgreSQL without fsync: nobody's production
            // does.
            platform = Platform.start(new PlatformOptions(state.data(false), 0, 0, 0, 0, parts, false));
        } catch (PlatformException e) {
            guardian.close();
            throw new Complaint(String.valueOf(e.getMessage()), e);
        }
        var bed = new Bed(place, state, guardian, platform);
        try {
            TopicSetup.createMissing(platform.bootstrapServers());
            return bed;
        } catch (RuntimeException e) {
            bed.close();
            throw e;
        }
    }

    private static void delete(Path directory) {
        try {
            FileUtils.deleteDirectory(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + directory + " cannot be deleted", e);
        }
    }

    Platform platform() {
        return platform;
    }

    String kafka() {
        return platform.bootstrapServers();
    }

    Path log(String part) {
        return state.log(part);
    }

    /** A directory for a contender's own files; deleted with the rest. */
    Path scratch(String name) {
        return state.data(false).resolve("scratch").resolve(name);
    }

    Connection connect(String database) {
        try {
            return DriverManager.getConnection(
                    platform.jdbcUrl(database), platform.databaseUser(), platform.databasePassword());
        } catch (SQLException e) {
            throw new Complaint("PostgreSQL does not answer: " + e.getMessage() + ".", e);
        }
    }

    void drop(String database) {
        try (var connection = connect(MAINTENANCE);
                var statement = connection.createStatement()) {
            statement.execute(
                    "drop database if exists " + statement.enquoteIdentifier(database, true) + " with (force)");
        } catch (SQLException e) {
            throw new Complaint("The database " + database + " cannot be dropped: " + e.getMessage() + ".", e);
        }
    }

    /** A main class of this class path, to be started as a process of its own. */
    Process java(List<String> jvmOptions, String main, List<String> arguments, String log) {
        var command = JavaCommand.withoutInterrupt(jvmOptions);
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-Dlogging.configuration=" + Bed.class.getResource("child-logging.properties"));
        command.add(main);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log(log).toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            var process = builder.start();
            processes().add(process.toHandle(), main);
            return process;
        } catch (IOException e) {
            throw new Complaint("No process can be started: " + e.getMessage() + ".", e);
        }
    }

    ProcessRecord processes() {
        return state.processes();
    }

    /** A service that is starting, and where it listens. */
    record Started(Service service, ServiceProcess process, URI address, Path log) {

        /** Waits until it says that it is ready. */
        void awaitReady() {
            Readiness.await(service.toString(), address, log, this::requireAlive);
        }

        void requireAlive() {
            if (!process.isAlive()) {
                throw new Complaint("The " + process + " has ended unexpectedly; its log is " + log + ".");
            }
        }

        void stop() {
            process.stopping().run();
        }
    }

    /**
     * Starts a packaged service and returns at once.
     *
     * @param timeLapse whether time comes from ticks that the benchmark publishes
     * @param settings in place of those that it would be given
     */
    Started start(Service service, List<String> jvmOptions, boolean timeLapse, Map<String, String> settings) {
        int port = freePort();
        var all = new HashMap<>(ServiceSettings.of(service, port, timeLapse, platform));
        all.putAll(settings);
        var log = log(service.toString());
        var process =
                ServiceProcess.start(service.toString(), service.jar(place.home()), jvmOptions, all, log, processes());
        return new Started(service, process, URI.create("http://127.0.0.1:" + port), log);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /** Ends and deletes everything but the logs. */
    @Override
    public void close() {
        // Whoever interrupts wants an end, and an orderly one.
        boolean interrupted = Thread.interrupted();
        state.processes().endAll();
        platform.close();
        delete(state.data(false));
        guardian.close();
        state.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
