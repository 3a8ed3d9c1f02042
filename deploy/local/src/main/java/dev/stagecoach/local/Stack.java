package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Guardian;
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
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kafka, PostgreSQL, mail and the four services, running on the loopback interface. */
final class Stack implements AutoCloseable {

    /**
     * The second compiler pays off only in long runs: without it, four services on two cores are ready sooner and a sample of
     * some minutes is not slower. The benchmark of start and memory asks for others.
     */
    private static final List<String> JVM_OPTIONS = List.of(System.getProperty(
                    "stagecoach.jvm-options",
                    "-Xms64m -Xmx320m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError")
            .split(" "));

    private final StackOptions options;
    private final Platform platform;
    private final ProcessRecord processes;
    private final Guardian guardian;
    private final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Stack(StackOptions options, Platform platform, ProcessRecord processes, Guardian guardian) {
        this.options = options;
        this.platform = platform;
        this.processes = processes;
        this.guardian = guardian;
    }

    /**
     * Starts everything and returns when all of it is ready.
     *
     * @throws Complaint if a service is not built, a port is taken, or a part does not start; what had been started is stopped
     */
    static Stack start(StackOptions options, StateDirectory state) {
        Service.requireBuilt(options.home(), Service.values());
        options.ports().requireFree();
        var processes = state.processes();
        processes.endAll();
        var guardian = Guardian.start(options.state(), state.log("guardian"));
        var stack = new Stack(options, startPlatform(options, state, guardian), processes, guardian);
        try {
            TopicSetup.createMissing(stack.platform.bootstrapServers());
            for (var service : Service.values()) {
                stack.start(service);
            }
            for (var service : Service.values()) {
                stack.awaitReady(service);
            }
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private static Platform startPlatform(StackOptions options, StateDirectory state, Guardian guardian) {
        var ports = options.ports();
        try {
            return Platform.start(new PlatformOptions(
                    state.data(options.keep()),
                    ports.kafka(),
                    ports.postgres(),
                    ports.smtp(),
                    ports.imap(),
                    Set.of(Part.values()),
                    !options.keep()));
        } catch (PlatformException e) {
            guardian.close();
            throw new Complaint(String.valueOf(e.getMessage()), e);
        }
    }

    /** Starts a service that does not run, and returns at once. */
    void start(Service service) {
        synchronized (services) {
            if (closed.get()) {
                return;
            }
            var settings = ServiceSettings.of(service, options.ports().of(service), options.timeLapse(), platform);
            if (service == Service.ALERTS) {
                settings.putAll(ServiceSettings.peers(options.ports()::of));
            }
            services.put(
                    service,
                    ServiceProcess.start(
                            service,
                            service.jar(options.home()),
                            JVM_OPTIONS,
                            settings,
                            options.state().resolve("logs").resolve(service + ".log"),
                            processes));
        }
    }

    /**
     * Waits until a service says that it is ready.
     *
     * @throws Complaint if it ends instead, or takes too long
     */
    void awaitReady(Service service) {
        Readiness.await(service, uri(service), log(service), this::requireAlive);
    }

    /** Ends a service as a crash would. Until it is started again it is away, which is no failure. */
    void kill(Service service) {
        ServiceProcess running;
        synchronized (services) {
            running = services.remove(service);
        }
        if (running != null) {
            running.kill();
        }
    }

    /** @throws Complaint if a service has ended though nobody asked it to */
    void requireAlive() {
        synchronized (services) {
            services.values().stream()
                    .filter(service -> !service.isAlive() && !closed.get())
                    .findFirst()
                    .ifPresent(dead -> {
                        throw new Complaint("The " + dead + " has ended unexpectedly; its log is in "
                                + options.state().resolve("logs") + ".");
                    });
        }
    }

    Platform platform() {
        return platform;
    }

    URI uri(Service service) {
        return URI.create("http://127.0.0.1:" + options.ports().of(service));
    }

    Path log(Service service) {
        return options.state().resolve("logs").resolve(service + ".log");
    }

    Optional<String> jdbcUrl(Service service) {
        return service.database().map(platform::jdbcUrl);
    }

    /** Stops everything, what takes in first and what others need last. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        // Whoever interrupts wants an end, and an orderly one.
        boolean interrupted = Thread.interrupted();
        stop();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        List<ServiceProcess> running;
        synchronized (services) {
            running = List.copyOf(services.values());
        }
        running.stream().map(ServiceProcess::stopping).toList().forEach(Runnable::run);
        platform.close();
        guardian.close();
    }
}
