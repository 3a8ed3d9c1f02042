package dev.stagecoach.local;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code stagecoach} command. */
@Command(
        name = "stagecoach",
        mixinStandardHelpOptions = true,
        description = "Runs Stagecoach on this machine.",
        synopsisSubcommandLabel = "COMMAND")
final class Main implements Runnable {

    private static final int FAILED = 1;
    /** Longer than everything together may take to stop. */
    private static final long STOP_TIMEOUT_SECONDS = 60;

    private Main() {}

    /** {@code stagecoach.home} is the checkout; {@code stagecoach.directory}, if given, replaces its {@code .stagecoach}. */
    public static void main(String[] arguments) {
        var home = Path.of(System.getProperty("stagecoach.home", "")).toAbsolutePath();
        var directory = Path.of(System.getProperty(
                "stagecoach.directory", home.resolve(".stagecoach").toString()));
        var terminal = new Terminal(System.out, Boolean.getBoolean("stagecoach.interactive"));
        var finished = new CountDownLatch(1);
        stopInOrder(Thread.currentThread(), finished);
        int code;
        try {
            code = commandLine(new Up(home, directory.toAbsolutePath(), terminal))
                    .execute(arguments);
        } finally {
            finished.countDown();
        }
        System.exit(code);
    }

    static CommandLine commandLine(Up up) {
        var commandLine = new CommandLine(new Main()).addSubcommand(up);
        commandLine.setExecutionExceptionHandler((failure, command, result) -> {
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
        return commandLine;
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

    /** Without a command. */
    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
