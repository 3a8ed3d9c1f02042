package dev.stagecoach.platform;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Kafka as child JVMs: one node or several, each broker and controller in one. Data, settings and logs are in the options' directory:
 * {@code kafka} is the first one's, {@code kafka-2} the second one's.
 */
final class KafkaProcesses implements RunningKafka {

    private final List<BrokerProcess> brokers;
    private final String bootstrapServers;

    private KafkaProcesses(List<BrokerProcess> brokers, String bootstrapServers) {
        this.brokers = brokers;
        this.bootstrapServers = bootstrapServers;
    }

    static KafkaProcesses start(PlatformOptions options) {
        requireAsManyAsBefore(options);
        return Loopback.onFreePort(options.kafkaPort(), first -> start(options, first));
    }

    /** A quorum does not take or lose members by being started in another number. */
    private static void requireAsManyAsBefore(PlatformOptions options) {
        int before = 0;
        while (Files.isDirectory(home(options, before + 1))) {
            before++;
        }
        if (before != 0 && before != options.brokers()) {
            throw new PlatformException("The data in " + options.directory() + " is that of " + before
                    + " brokers, and not of " + options.brokers() + ": start as many, or delete it.");
        }
    }

    private static Path home(PlatformOptions options, int node) {
        return options.directory().resolve(name(node));
    }

    private static String name(int node) {
        return node == 1 ? "kafka" : "kafka-" + node;
    }

    private static KafkaProcesses start(PlatformOptions options, int first) {
        var nodes = IntStream.rangeClosed(1, options.brokers())
                .mapToObj(number -> new Node(number, port(options, first, number), Loopback.freePort()))
                .toList();
        var brokers = nodes.stream().map(node -> start(options, node, nodes)).toList();
        var kafka =
                new KafkaProcesses(brokers, nodes.stream().map(Node::address).collect(joining(",")));
        try {
            brokers.forEach(BrokerProcess::awaitReady);
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    private static int port(PlatformOptions options, int first, int number) {
        boolean any = options.kafkaPort() == 0 && number > 1;
        return any ? Loopback.freePort() : first + number - 1;
    }

    private record Node(int number, int port, int controllerPort) {

        String address() {
            return Loopback.ADDRESS + ":" + port;
        }

        String vote() {
            return number + "@" + Loopback.ADDRESS + ":" + controllerPort;
        }
    }

    private static BrokerProcess start(PlatformOptions options, Node node, List<Node> all) {
        var home = home(options, node.number());
        try {
            Files.createDirectories(home);
            return BrokerProcess.starting(
                    node.number(),
                    node.port(),
                    writeSettings(home, node, all),
                    Logs.file(options, name(node.number()) + ".log"),
                    !options.deleteOnClose());
        } catch (IOException e) {
            throw new PlatformException("Kafka did not start: " + e.getMessage(), e);
        }
    }

    private static Path writeSettings(Path home, Node node, List<Node> all) throws IOException {
        var settings = new TreeMap<>(BrokerSettings.common(all.size()));
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.number()));
        settings.put("controller.quorum.voters", all.stream().map(Node::vote).collect(joining(",")));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners",
                "PLAINTEXT://%s,CONTROLLER://%s:%d".formatted(node.address(), Loopback.ADDRESS, node.controllerPort()));
        settings.put("log.dirs", home.resolve("data").toString());
        var properties = new Properties();
        properties.putAll(settings);
        var file = home.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, "Written anew at each start");
        }
        return file;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The first one's. */
    @Override
    public Optional<ProcessHandle> process() {
        return Optional.of(brokers.get(0).process());
    }

    @Override
    public List<Server> servers() {
        return List.copyOf(brokers);
    }

    @Override
    public void close() {
        // Together: who is left alone cannot hand over, and would wait for the others.
        brokers.stream().map(BrokerProcess::stopping).toList().forEach(Runnable::run);
    }
}
