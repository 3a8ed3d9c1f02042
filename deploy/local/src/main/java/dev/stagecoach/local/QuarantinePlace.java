package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.quarantine.Quarantine;
import java.io.IOException;
import java.net.URI;
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

/** Where the quarantine is: in the local stack, if nothing else is said. */
final class QuarantinePlace {

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

    @Option(names = "--ingest", paramLabel = "URL", description = "Another usage-ingest than the local stack's.")
    private @Nullable URI ingest;

    Quarantine open() {
        return new Quarantine(kafka());
    }

    URI ingest() {
        if (ingest == null) {
            return URI.create("http://127.0.0.1:" + ports().of(Service.INGEST));
        }
        if (!("http".equals(ingest.getScheme()) || "https".equals(ingest.getScheme())) || ingest.getHost() == null) {
            throw complaint("--ingest: " + ingest + " (expected: an address such as https://usage.example.com)");
        }
        return URI.create(ingest.toString().replaceAll("/+$", ""));
    }

    private Map<String, Object> kafka() {
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

    private Ports ports() {
        if (portOffset < 0 || portOffset > Ports.HIGHEST_OFFSET) {
            throw complaint("--port-offset: " + portOffset + " (expected: 0 to " + Ports.HIGHEST_OFFSET + ")");
        }
        return Ports.movedBy(portOffset);
    }

    private ParameterException complaint(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
