package dev.stagecoach.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The broker as a child JVM, running {@link BrokerMain}. Data, settings and log are in the options' directory. */
final class BrokerProcess implements RunningKafka {

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

    private final Process process;
    private final int port;
    private final boolean keepsData;

    private BrokerProcess(Process process, int port, boolean keepsData) {
        this.process = process;
        this.port = port;
        this.keepsData = keepsData;
    }

    static BrokerProcess start(PlatformOptions options) {
        return Loopback.onFreePort(options.kafkaPort(), port -> start(options, port));
    }

    private static List<String> jvmOptions() {
        var speed = Boolean.getBoolean(Platform.BROKER_RUNS_FAST) ? FAST_RUN : FAST_START;
        return Stream.concat(speed.stream(), JVM_OPTIONS.stream()).toList();
    }

    private static BrokerProcess start(PlatformOptions options, int port) {
        var home = options.directory().resolve("kafka");
        var log = Logs.file(options, "kafka.log");
        try {
            Files.createDirectories(home);
            var settings = writeSettings(home, port);
            var process = ChildJvm.start(BrokerMain.class, IGNORED_SIGNALS, log, jvmOptions(), settings.toString());
            var broker = new BrokerProcess(process, port, !options.deleteOnClose());
            broker.awaitReady(log);
            return broker;
        } catch (IOException e) {
            throw new PlatformException("Kafka did not start: " + e.getMessage(), e);
        }
    }

    private static Path writeSettings(Path home, int port) throws IOException {
        int controllerPort = Loopback.freePort();
        var settings = new TreeMap<>(BrokerSettings.common());
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + Loopback.ADDRESS + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners",
                "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d".formatted(Loopback.ADDRESS, port, controllerPort));
        settings.put("log.dirs", home.resolve("data").toString());
        var properties = new Properties();
        properties.putAll(settings);
        var file = home.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, "Written anew at each start");
        }
        return file;
    }

    private void awaitReady(Path log) throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var later = CompletableFuture.delayedExecutor(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        var giveUp = CompletableFuture.runAsync(process::destroyForcibly, later);
        var answer = output.readLine();
        giveUp.cancel(false);
        if (!BrokerMain.READY.equals(answer)) {
            close();
            var endOfLog = Logs.endOf(log);
            if (endOfLog.contains("Address already in use")) {
                throw new PortInUseException(port, Part.KAFKA.toString());
            }
            throw new PlatformException("Kafka did not start; the end of " + log + ":" + endOfLog);
        }
    }

    @Override
    public String bootstrapServers() {
        return Loopback.ADDRESS + ":" + port;
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.of(process.toHandle());
    }

    @Override
    public void close() {
        if (keepsData) {
            process.destroy();
        } else {
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
