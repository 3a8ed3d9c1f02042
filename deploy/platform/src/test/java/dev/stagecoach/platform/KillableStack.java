package dev.stagecoach.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A platform with Kafka and PostgreSQL in a JVM of its own, whose processes can be killed one by one. */
final class KillableStack implements AutoCloseable {

    private final PlatformOptions options;
    private final Process stack;
    private final List<ProcessHandle> children;
    private final ProcessHandle postgres;

    private KillableStack(PlatformOptions options, Process stack) throws IOException {
        this.options = options;
        this.stack = stack;
        this.children = stack.children().toList();
        var pidFile = PostgresProcess.dataDirectory(options).resolve("postmaster.pid");
        this.postgres = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
                .orElseThrow();
    }

    static KillableStack start(PlatformOptions options) throws IOException {
        var stack = ChildJvm.start(
                KillableStack.class,
                "INT",
                Path.of("target", "killable-stack.log"),
                List.of(),
                options.directory().toString(),
                Integer.toString(options.kafkaPort()),
                Integer.toString(options.postgresPort()),
                Boolean.toString(options.deleteOnClose()));
        var output = new BufferedReader(new InputStreamReader(stack.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo("started");
        return new KillableStack(options, stack);
    }

    /** What {@link #start} starts. */
    public static void main(String[] arguments) throws IOException {
        Platform.start(new PlatformOptions(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                0,
                0,
                Set.of(Part.KAFKA, Part.POSTGRES),
                Boolean.parseBoolean(arguments[3])));
        System.out.println("started");
        System.in.read();
    }

    String bootstrapServers() {
        return Loopback.ADDRESS + ":" + options.kafkaPort();
    }

    /** Of a database called {@code kept}. */
    String jdbcUrl() {
        return new Databases(Loopback.ADDRESS + ":" + options.postgresPort()).jdbcUrl("kept");
    }

    void killParent() {
        kill(stack.toHandle());
    }

    /** As when a terminal or a group of processes is told to end. */
    void terminateAll() {
        children.forEach(ProcessHandle::destroy);
        stack.destroy();
    }

    void killAllButPostgres() {
        children.forEach(KillableStack::kill);
        killParent();
    }

    void killEverything() {
        killAllButPostgres();
        kill(postgres);
    }

    /** Broker, caretaker and PostgreSQL. */
    Stream<ProcessHandle> processesBesidesParent() {
        return Stream.concat(children.stream(), Stream.of(postgres));
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        killEverything();
    }
}
