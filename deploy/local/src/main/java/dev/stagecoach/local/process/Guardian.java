package dev.stagecoach.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A small process that outlives this one by a moment: when this JVM dies without having stopped its services, it ends them. It
 * notices by the end of its standard input.
 */
public final class Guardian implements AutoCloseable {

    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** Not long: Kafka and the mail server have ended with the command, and without them a service has nothing left to finish. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Process process;

    private Guardian(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param state the state directory whose processes it ends
     */
    public static Guardian start(Path state, Path log) {
        var command = JavaCommand.withoutInterrupt(JVM_OPTIONS);
        command.add(Guardian.class.getName());
        command.add(state.toAbsolutePath().toString());
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new Guardian(builder.start());
        } catch (IOException e) {
            throw new Complaint("No process can be started: " + e.getMessage() + ".", e);
        }
    }

    /**
     * What the guardian runs.
     *
     * @param arguments the state directory
     */
    public static void main(String[] arguments) throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        // Whoever runs there now has ended the left-overs already, and its own processes are not ours to end.
        try (var state = StateDirectory.open(Path.of(arguments[0]))) {
            state.processes().endAll(PATIENCE);
        } catch (Complaint e) {
            System.err.println(e.getMessage());
        }
    }

    /** Relieves it: nothing is left to end. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
