package dev.stagecoach.local;

import dev.stagecoach.local.process.CommandRun;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code stagecoach} command. */
@Command(
        name = "stagecoach",
        mixinStandardHelpOptions = true,
        description = "Runs Stagecoach on this machine.",
        footer = {"", "`stagecoach bench` measures it: see `stagecoach bench --help`."},
        synopsisSubcommandLabel = "COMMAND")
final class Main implements Runnable {

    private Main() {}

    /** {@code stagecoach.home} is the checkout; {@code stagecoach.directory}, if given, replaces its {@code .stagecoach}. */
    public static void main(String[] arguments) {
        var home = Path.of(System.getProperty("stagecoach.home", "")).toAbsolutePath();
        var directory = Path.of(System.getProperty(
                "stagecoach.directory", home.resolve(".stagecoach").toString()));
        var terminal = new Terminal(System.out, Boolean.getBoolean("stagecoach.interactive"));
        CommandRun.exit(commandLine(home, directory.toAbsolutePath(), terminal), arguments);
    }

    /**
     * @param home the checkout whose services run
     * @param directory where the stack keeps its things
     */
    static CommandLine commandLine(Path home, Path directory, Terminal terminal) {
        return CommandRun.explaining(new CommandLine(new Main())
                .addSubcommand(new Up(home, directory, terminal))
                .addSubcommand(new Rebuild(home, directory, terminal))
                .addSubcommand(new Chaos(home, directory, terminal))
                .addSubcommand(new Roll(home, directory, terminal))
                .addSubcommand(new CommandLine(new QuarantineCommand())
                        .addSubcommand(new QuarantineList(terminal))
                        .addSubcommand(new QuarantineReplay(terminal)))
                .addSubcommand(new EraseCommand(terminal))
                .addSubcommand(Keys.commandLine(terminal)));
    }

    /** Without a command. */
    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
