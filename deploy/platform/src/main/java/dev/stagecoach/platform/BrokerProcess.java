package dev.stagecoach.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node of Kafka as a child JVM, running {@link BrokerMain}. */
final class BrokerProcess implements Server, AutoCloseable {

    /** The fastest start measured on two cores: no second compiler, no collector threads. */
    private static final List<String> FAST_START = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** As Kafka's own start script has it. */
    private static final List<String> FAST_RUN = List.of(
            "-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35");

    private static final List<String> JVM_OPTIONS = List.of(
            "-Djava.awt.headless=true",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dlogging.configuration=" + BrokerProcess.class.getResource("broker-logging.properties"));

    /** Not the one by which it is stopped. */
    private static final String IGNORED_SIGNALS = "HUP INT";

    private static final long START_TIMEOUT_SECONDS = 120;
    private static final long STOP_TIMEOUT_SECONDS = 20;

    private final int node;
    private final int port;
    private final Path settings;
    private final Path log;
    private final boolean keepsData;
    private volatile Process process;

    private BrokerProcess(int node, int port, Path settings, Path log, boolean keepsData) throws IOException {
        this.node = node;
        this.port = port;
        this.settings = settings;
        this.log = log;
        this.keepsData = keepsData;
        this.process = launch(settings, log);
    }

    /**
     * Starts it and returns at once.
     *
     * @param node its number among the nodes
     * @param settings the file of its settings
     * @param keepsData whether its data is worth the time of an orderly end
     */
    static BrokerProcess starting(int node, int port, Path settings, Path log, boolean keepsData) {
        try {
            return new BrokerProcess(node, port, settings, log, keepsData);
        } catch (IOException e) {
            throw new PlatformException("Kafka did not start: " + e.getMessage(), e);
        }
    }

    private static Process launch(Path settings, Path log) throws IOException {
        return ChildJvm.start(BrokerMain.class, IGNORED_SIGNALS, log, jvmOptions(), settings.toString());
    }

    private static List<String> jvmOptions() {
        var speed = Boolean.getBoolean(Platform.BROKER_RUNS_FAST) ? FAST_RUN : FAST_START;
        return Stream.concat(speed.stream(), JVM_OPTIONS.stream()).toList();
    }

    /**
     * Returns when it serves, for which more than half of the nodes must be up.
     *
     * @throws PortInUseException if something listens on its port
     */
    void awaitReady() {
        if (!BrokerMain.READY.equals(answer())) {
            close();
            var endOfLog = Logs.endOf(log);
            if (endOfLog.contains("Address already in use")) {
                throw new PortInUseException(port, Part.KAFKA.toString());
            }
            throw new PlatformException("Kafka did not start; the end of " + log + ":" + endOfLog);
        }
    }

    private String answer() {
        var started = process;
        var output = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        var later = CompletableFuture.delayedExecutor(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var giveUp = CompletableFuture.runAsync(started::destroyForcibly, later);
        try {
            return String.valueOf(output.readLine());
        } catch (IOException e) {
            throw new PlatformException("Kafka did not start: " + e.getMessage(), e);
        } finally {
            giveUp.cancel(false);
        }
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void start() {
        try {
            process = launch(settings, log);
        } catch (IOException e) {
            throw new PlatformException("The " + this + " did not start again: " + e.getMessage(), e);
        }
        awaitReady();
    }

    @Override
    public void freeze() {
        Freezer.freeze(List.of(process()));
    }

    @Override
    public void thaw() {
        Freezer.thaw(List.of(process()));
    }

    /** Tells it to end, and returns what waits for that and kills it if it takes too long from now. */
    Runnable stopping() {
        if (keepsData) {
            process.destroy();
        } else {
            process.destroyForcibly();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_TIMEOUT_SECONDS);
        return () -> awaitEnd(deadline);
    }

    @Override
    public void close() {
        stopping().run();
    }

    private void awaitEnd(long deadline) {
        try {
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "broker " + node;
    }
}
