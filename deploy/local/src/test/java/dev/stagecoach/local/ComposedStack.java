package dev.stagecoach.local;

import dev.stagecoach.local.process.Service;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@code deploy/compose.yaml}, under a name, on ports and with secrets of its own, with images of what is built. */
final class ComposedStack implements AutoCloseable {

    private static final Path DEPLOY = LocalStack.HOME.resolve("deploy");

    private final Path secrets;
    private final Path log;
    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
    private final int imapPort = OwnPorts.next();
    private final Map<String, String> environment = new HashMap<>();

    /** @param log gets what the engine prints */
    ComposedStack(Path directory, Path log) {
        this.secrets = directory.resolve("secrets");
        this.log = log;
        for (var service : Service.values()) {
            ports.put(service, OwnPorts.next());
        }
        environment.putAll(Map.of(
                "COMPOSE_PROJECT_NAME", "stagecoach-" + ProcessHandle.current().pid(),
                "STAGECOACH_VERSION", "under-test",
                "SECRETS", secrets.toString(),
                "KAFKA_PORT", Integer.toString(OwnPorts.next()),
                "IMAP_PORT", Integer.toString(imapPort),
                "INGEST_PORT", port(Service.INGEST),
                "LIFECYCLE_PORT", port(Service.LIFECYCLE),
                "OUTREACH_PORT", port(Service.OUTREACH),
                "ALERTS_PORT", port(Service.ALERTS)));
        run(List.of(DEPLOY.resolve("secrets").toString(), secrets.toString()));
    }

    private String port(Service service) {
        return Integer.toString(ports.get(service));
    }

    /** Makes the images anew. */
    void build() {
        compose("build");
    }

    /** Starts all, and returns when all that can say so are well. */
    void up() {
        compose("up", "--wait");
    }

    /** Ends and removes all containers. The volumes stay. */
    void down() {
        compose("down");
    }

    /** What each service's image and process take, as the engine says. */
    String figures() {
        var containers = output(
                "docker",
                "ps",
                "--quiet",
                "--filter",
                "label=com.docker.compose.project=" + environment.get("COMPOSE_PROJECT_NAME"));
        var command = new ArrayList<>(
                List.of("docker", "stats", "--no-stream", "--format", "{{.Name}}: {{.MemUsage}}, {{.PIDs}} threads"));
        command.addAll(containers.lines().toList());
        return output("docker", "version", "--format", "Docker {{.Server.Version}}")
                + output("docker", "compose", "version")
                + output(command.toArray(String[]::new));
    }

    URI uri(Service service) {
        return URI.create("http://127.0.0.1:" + port(service));
    }

    String apiToken() {
        try {
            return Files.readString(secrets.resolve("api-token"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The subjects of the mails that somebody has got. */
    List<String> subjectsOfMailsTo(String address) {
        try (var store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", imapPort, address, "any password");
            try (var inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                var subjects = new ArrayList<String>();
                for (var mail : inbox.getMessages()) {
                    subjects.add(mail.getSubject());
                }
                return subjects;
            }
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compose(String... arguments) {
        var command = new ArrayList<>(List.of(
                "docker", "compose", "--file", DEPLOY.resolve("compose.yaml").toString()));
        command.addAll(Arrays.asList(arguments));
        run(command);
    }

    private void run(List<String> command) {
        finish(command, ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private String output(String... command) {
        try {
            var answer = Files.createTempFile(secrets.getParent(), "answer", ".txt");
            finish(List.of(command), ProcessBuilder.Redirect.to(answer.toFile()));
            return Files.readString(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(List<String> command, ProcessBuilder.Redirect output) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().putAll(environment);
        try {
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code + "; see " + log.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Leaves nothing but the images. */
    @Override
    public void close() {
        compose("logs", "--no-color");
        compose("down", "--volumes");
    }
}
