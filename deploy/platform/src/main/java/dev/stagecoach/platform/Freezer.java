package dev.stagecoach.platform;

import java.io.IOException;
import java.util.Collection;

/** Stops processes from running, without their knowing, and lets them go on. */
public final class Freezer {

    private Freezer() {}

    /** Those that have ended meanwhile are passed over. */
    public static void freeze(Collection<ProcessHandle> processes) {
        signal("STOP", processes);
    }

    /** Those that have ended meanwhile are passed over. */
    public static void thaw(Collection<ProcessHandle> processes) {
        signal("CONT", processes);
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
