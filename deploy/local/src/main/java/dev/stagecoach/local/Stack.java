package dev.stagecoach.local;

import dev.stagecoach.local.process.ClassArchive;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Guardian;
import dev.stagecoach.local.process.ProcessRecord;
import dev.stagecoach.local.process.Readiness;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.process.TopicSetup;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformException;
import dev.stagecoach.platform.PlatformOptions;
import dev.stagecoach.platform.PortInUseException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private final Map<Replica, ServiceProcess> services = new TreeMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean supervised = new AtomicBoolean();

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
        // What a killed stack left running has the ports, until it is ended.
        var processes = state.processes();
        processes.endAll();
        var guardian = Guardian.start(options.state(), state.log("guardian"));
        var stack = new Stack(options, startPlatform(options, state, guardian), processes, guardian);
        try {
            TopicSetup.createMissing(
                    stack.platform.bootstrapServers(), options.size().brokers());
            options.size().everyReplica().forEach(stack::start);
            options.size().everyReplica().forEach(stack::awaitReady);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private static Platform startPlatform(StackOptions options, StateDirectory state, Guardian guardian) {
        var ports = options.ports();
        try {
            ports.requireFreeForServices(options.size());
            // Before Kafka and PostgreSQL are there, which would take processors from it.
            ClassArchive.makeMissing(options.home(), state.processes());
            return Platform.start(new PlatformOptions(
                    state.data(options.keep()),
                    ports.kafka(),
                    ports.postgres(),
                    ports.smtp(),
                    ports.imap(),
                    Set.of(Part.values()),
                    options.size().brokers(),
                    !options.keep()));
        } catch (PlatformException e) {
            guardian.close();
            var help = e instanceof PortInUseException ? " Stop that, or move all ports with --port-offset N." : "";
            throw new Complaint(e.getMessage() + help, e);
        } catch (Complaint e) {
            guardian.close();
            throw e;
        }
    }

    /** Starts all replicas of a service, of which none runs, and returns at once. */
    void start(Service service) {
        replicas(service).forEach(this::start);
    }

    /** Starts a replica that does not run, and returns at once. */
    void start(Replica replica) {
        synchronized (services) {
            if (closed.get()) {
                return;
            }
            var service = replica.service();
            var settings = ServiceSettings.of(replica, options.ports().of(service), options.timeLapse(), platform);
            if (service == Service.ALERTS) {
                settings.putAll(ServiceSettings.peers(options.ports()::of));
            }
            services.put(
                    replica,
                    ServiceProcess.start(
                            replica.toString(),
                            service.jar(options.home()),
                            JVM_OPTIONS,
                            settings,
                            log(replica),
                            processes));
        }
    }

    /**
     * Waits until all replicas of a service say that they are ready.
     *
     * @throws Complaint if one of them ends instead, or takes too long
     */
    void awaitReady(Service service) {
        replicas(service).forEach(this::awaitReady);
    }

    void awaitReady(Replica replica) {
        Readiness.await(replica.toString(), uri(replica), log(replica), this::requireAlive);
    }

    /** Ends all replicas of a service as a crash would. Until it is started again it is away, which is no failure. */
    void kill(Service service) {
        replicas(service).forEach(this::kill);
    }

    /** Ends a replica as a crash would. Until it is started again it is away, which is no failure. */
    void kill(Replica replica) {
        taken(replica).ifPresent(ServiceProcess::kill);
    }

    /** Asks a replica to end, and waits until it has. */
    void stop(Replica replica) {
        taken(replica).ifPresent(running -> running.stopping().run());
    }

    private Optional<ServiceProcess> taken(Replica replica) {
        synchronized (services) {
            return Optional.ofNullable(services.remove(replica));
        }
    }

    /** Stops a replica from doing anything, without its knowing. */
    void freeze(Replica replica) {
        running(replica).ifPresent(ServiceProcess::freeze);
    }

    void thaw(Replica replica) {
        running(replica).ifPresent(ServiceProcess::thaw);
    }

    /** Its process; empty while it is away. */
    Optional<ServiceProcess> running(Replica replica) {
        synchronized (services) {
            return Optional.ofNullable(services.get(replica));
        }
    }

    /** What the service consists of, be it up or away. */
    List<Replica> replicas(Service service) {
        return options.size().replicasOf(service).toList();
    }

    /** From now on, a service that ends is no failure of the stack: somebody starts it again. */
    void leaveToSupervisor() {
        supervised.set(true);
    }

    /** From now on, a service that ends is a failure again. */
    void leaveToItself() {
        supervised.set(false);
    }

    /** Starts a replica anew that is still this process. Returns false, and does nothing, if it was killed or started meanwhile. */
    boolean restart(Replica replica, ServiceProcess process) {
        synchronized (services) {
            if (services.get(replica) != process) {
                return false;
            }
            process.kill();
            services.remove(replica);
            start(replica);
            return true;
        }
    }

    /** @throws Complaint if a service has ended though nobody asked it to, unless a supervisor looks after them */
    void requireAlive() {
        if (supervised.get()) {
            return;
        }
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

    /** Where the first replica listens. */
    URI uri(Service service) {
        return uri(new Replica(service, 1));
    }

    URI uri(Replica replica) {
        return URI.create("http://127.0.0.1:" + options.ports().of(replica));
    }

    /** What the first replica prints. */
    Path log(Service service) {
        return log(new Replica(service, 1));
    }

    private Path log(Replica replica) {
        return options.state().resolve("logs").resolve(replica + ".log");
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
