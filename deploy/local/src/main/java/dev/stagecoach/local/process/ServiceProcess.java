package dev.stagecoach.local.process;

import dev.stagecoach.platform.Freezer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One service, running as a process of its own. */
public final class ServiceProcess {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final String name;
    private final Process process;
    private final ProcessRecord processes;

    private ServiceProcess(String name, Process process, ProcessRecord processes) {
        this.name = name;
        this.process = process;
        this.processes = processes;
    }

    /**
     * Starts it and returns at once. It uses the {@link ClassArchive} of its service, where there is one.
     *
     * @param name what it is called where processes are told apart
     * @param settings system properties
     * @param log gets what it prints, appended
     */
    public static ServiceProcess start(
            String name,
            Path jar,
            List<String> jvmOptions,
            Map<String, String> settings,
            Path log,
            ProcessRecord processes) {
        var command =
                JavaCommand.withoutInterrupt(Stream.concat(ClassArchive.options(jar).stream(), jvmOptions.stream())
                        .toList());
        settings.forEach((setting, value) -> command.add("-D" + setting + "=" + value));
        command.add("-jar");
        command.add(jar.toString());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // As in images: two places to take native memory from, instead of one for each thread that wants some.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        try {
            var process = builder.start();
            processes.add(process.toHandle(), name);
            return new ServiceProcess(name, process, processes);
        } catch (IOException e) {
            throw new Complaint("The service " + name + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process itself, for those who want to know what it uses. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Stops it from doing anything, without its knowing. */
    public void freeze() {
        Freezer.freeze(List.of(process.toHandle()));
    }

    public void thaw() {
        Freezer.thaw(List.of(process.toHandle()));
    }

    /** Ends it the hard way, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
        processes.remove(process.toHandle());
    }

    /**
     * Asks it to end, and returns what waits for that and kills it if it takes too long from now: of several that are told together,
     * all share that time.
     */
    public Runnable stopping() {
        return stopping(STOP_TIMEOUT);
    }

    Runnable stopping(Duration timeout) {
        process.destroy();
        long deadline = System.nanoTime() + timeout.toNanos();
        return () -> awaitEnd(deadline);
    }

    private void awaitEnd(long deadline) {
        try {
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
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
        return name + " (process " + process.pid() + ")";
    }
}
