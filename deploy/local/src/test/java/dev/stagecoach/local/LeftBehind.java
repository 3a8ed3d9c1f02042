package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.process.JavaCommand;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.platform.PlatformOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Processes as they are left behind when all JVMs of a stack but one are killed. */
final class LeftBehind {

    private LeftBehind() {}

    /** A PostgreSQL whose platform was killed, and the caretaker too. */
    static ProcessHandle postgres(Path directory, int port) throws Exception {
        start("postgres", directory.toString(), Integer.toString(port)).waitFor();
        var pidFile = directory.resolve("postgres/postmaster.pid");
        return ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
                .orElseThrow();
    }

    /** What listens on the port of a service. */
    static Process service(int port) throws IOException {
        var process = start("service", Integer.toString(port));
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("listening");
        return process;
    }

    private static Process start(String... arguments) throws IOException {
        var command = JavaCommand.withoutInterrupt(List.of("-XX:TieredStopAtLevel=1"));
        command.add(LeftBehind.class.getName());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    /** What runs in the processes. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("service")) {
            try (var listening =
                    new ServerSocket(Integer.parseInt(arguments[1]), 1, InetAddress.getLoopbackAddress())) {
                System.out.println("listening");
                listening.accept();
            }
            return;
        }
        Platform.start(new PlatformOptions(
                Path.of(arguments[1]), 0, Integer.parseInt(arguments[2]), 0, 0, Set.of(Part.POSTGRES), true));
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(0);
    }
}
