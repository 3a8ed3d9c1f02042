package dev.stagecoach.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** Stops processes from running, without their knowing, and lets them go on. */
public final class Freezer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(2);

    /** Stopped, traced, or over: a thread that does nothing of its own any more. */
    private static final String DOES_NOTHING = "TtZX";

    private Freezer() {}

    /**
     * Returns when all their threads stand still, where the system tells it by {@code /proc}; elsewhere at once. On a busy machine threads
     * run on for milliseconds after the signal. Those that have ended meanwhile are passed over.
     *
     * @throws PlatformException if one cannot be told to, or goes on for 30 s
     */
    public static void freeze(Collection<ProcessHandle> processes) {
        signal("STOP", processes);
        for (var process : processes) {
            if (!Patience.of(PATIENCE, PAUSE).until(() -> standsStill(process))) {
                throw new PlatformException("The process " + process.pid() + " goes on, though it was told to stop.");
            }
        }
    }

    /** Those that have ended meanwhile are passed over. */
    public static void thaw(Collection<ProcessHandle> processes) {
        signal("CONT", processes);
    }

    private static boolean standsStill(ProcessHandle process) {
        var threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (var all = Files.list(threads)) {
            return all.allMatch(Freezer::doesNothing);
        } catch (IOException | UncheckedIOException e) {
            // It ends just now: the next look finds no such directory.
            return false;
        }
    }

    private static boolean doesNothing(Path thread) {
        try {
            var stat = Files.readString(thread.resolve("stat"));
            // After the name, which is in parentheses and may have some itself.
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return DOES_NOTHING.indexOf(state) >= 0;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void signal(String signal, Collection<ProcessHandle> processes) {
        processes.forEach(process -> signal(signal, process));
    }

    /** Java has no word for these signals. */
    private static void signal(String signal, ProcessHandle process) {
        try {
            int exitCode = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exitCode != 0 && process.isAlive()) {
                throw new PlatformException(
                        "No signal " + signal + " to process " + process.pid() + ": kill ended with " + exitCode + ".");
            }
        } catch (IOException e) {
            throw new PlatformException("No signal " + signal + " to process " + process.pid() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted.", e);
        }
    }
}
