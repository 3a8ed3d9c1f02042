package dev.stagecoach.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service, running as a process of its own. */
final class ServiceProcess {

    private static final long STOP_TIMEOUT_SECONDS = 15;

    /**
     * The second compiler pays off only in long runs: without it, four services on two cores are ready sooner and a sample of
     * some minutes is not slower.
     */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms64m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final Service service;
    private final Process process;
    private final ProcessRecord processes;

    private ServiceProcess(Service service, Process process, ProcessRecord processes) {
        this.service = service;
        this.process = process;
        this.processes = processes;
    }

    /**
     * Starts it and returns at once.
     *
     * @param settings system properties
     */
    static ServiceProcess start(
            Service service, Path jar, Map<String, String> settings, Path log, ProcessRecord processes) {
        var command = JavaCommand.withoutInterrupt(JVM_OPTIONS);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-jar");
        command.add(jar.toString());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            var process = builder.start();
            processes.add(process.toHandle(), service.toString());
            return new ServiceProcess(service, process, processes);
        } catch (IOException e) {
            throw new Complaint("The service " + service + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it the hard way, as a crash would. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        processes.remove(process.toHandle());
    }

    /** Asks it to end, and returns what waits for that and kills it if it does not. */
    Runnable stopping() {
        process.destroy();
        return this::awaitEnd;
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        processes.remove(process.toHandle());
    }

    @Override
    public String toString() {
        return service + " (process " + process.pid() + ")";
    }
}
