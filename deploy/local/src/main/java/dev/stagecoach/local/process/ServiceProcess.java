package dev.stagecoach.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service, running as a process of its own. */
public final class ServiceProcess {

    private static final long STOP_TIMEOUT_SECONDS = 15;

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
     * @param log gets what it prints, appended
     */
    public static ServiceProcess start(
            Service service,
            Path jar,
            List<String> jvmOptions,
            Map<String, String> settings,
            Path log,
            ProcessRecord processes) {
        var command = JavaCommand.withoutInterrupt(jvmOptions);
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

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process itself, for those who want to know what it uses. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it the hard way, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
        processes.remove(process.toHandle());
    }

    /** Asks it to end, and returns what waits for that and kills it if it does not. */
    public Runnable stopping() {
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
