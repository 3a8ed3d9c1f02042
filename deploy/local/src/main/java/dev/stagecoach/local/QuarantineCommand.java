package dev.stagecoach.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stagecoach quarantine}. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = "Shows usage that was rejected, and feeds it back after a fix.",
        synopsisSubcommandLabel = "COMMAND")
final class QuarantineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a command of its own. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "quarantine: what to do is missing (expected: list or replay)");
    }
}
