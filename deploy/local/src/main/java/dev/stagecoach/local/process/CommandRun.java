package dev.stagecoach.local.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** How a command of this checkout runs: what it says when it fails, and that it stops in order what it has started. */
public final class CommandRun {

    private static final int FAILED = 1;
    /**
     * Longer than everything together may take to stop: services 15 s, after them PostgreSQL 35 s beside brokers 20 s, and 10 s to delete
     * data.
     */
    private static final long STOP_TIMEOUT_SECONDS = 90;

    private CommandRun() {}

    /** The same command, which explains failures: a {@link Complaint} in its own words, anything else with where it happened. */
    public static CommandLine explaining(CommandLine commandLine) {
        return commandLine.setExecutionExceptionHandler((failure, command, result) -> {
            if (Thread.currentThread().isInterrupted()) {
                // Whatever failed, it failed because we stop.
                return FAILED;
            }
            if (!(failure instanceof Complaint)) {
                failure.printStackTrace(command.getErr());
            }
            command.getErr().println("stagecoach: " + failure.getMessage());
            return FAILED;
        });
    }

    /** Runs the command and ends the JVM with its exit code. */
    public static void exit(CommandLine commandLine, String... arguments) {
        var finished = new CountDownLatch(1);
        stopInOrder(Thread.currentThread(), finished);
        int code;
        try {
            code = commandLine.execute(arguments);
        } finally {
            finished.countDown();
        }
        System.exit(code);
    }

    /** On Ctrl-C and the like: the main thread stops what it has started, and the JVM waits for that. */
    private static void stopInOrder(Thread main, CountDownLatch finished) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            main.interrupt();
            try {
                finished.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
