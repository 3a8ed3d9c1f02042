package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where Kafka is, for commands that talk to it: in the local stack, if nothing else is said. */
final class KafkaAddress {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "The number by which the local stack's ports were moved.",
            defaultValue = "0")
    private int portOffset;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Another Kafka than the local stack's.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-settings",
            paramLabel = "FILE",
            description = "More settings of Kafka's clients, such as security.protocol, as a properties file.")
    private @Nullable Path settings;

    /** In the words of Kafka's clients. */
    Map<String, Object> settings() {
        var kafka = new HashMap<String, Object>();
        if (settings != null) {
            properties(settings).forEach((name, value) -> kafka.put(name.toString(), value));
        }
        kafka.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers != null ? bootstrapServers : "127.0.0.1:" + ports().kafka());
        return kafka;
    }

    private static Properties properties(Path file) {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new Complaint("The settings " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return properties;
    }

    /** Those of the local stack. */
    Ports ports() {
        if (portOffset < 0 || portOffset > Ports.HIGHEST_OFFSET) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--port-offset: " + portOffset + " (expected: 0 to " + Ports.HIGHEST_OFFSET + ")");
        }
        return Ports.movedBy(portOffset);
    }
}
