package dev.stagecoach.bench;

import dev.stagecoach.local.process.CommandRun;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code stagecoach bench} command. */
@Command(
        name = "stagecoach bench",
        mixinStandardHelpOptions = true,
        description = "Measures Stagecoach on this machine. Close other programs first.",
        synopsisSubcommandLabel = "BENCHMARK")
final class Main implements Runnable {

    private Main() {}

    /** {@code stagecoach.home} is the checkout; {@code stagecoach.directory}, if given, replaces its {@code .stagecoach}. */
    public static void main(String[] arguments) {
        var home = Path.of(System.getProperty("stagecoach.home", "")).toAbsolutePath();
        var directory = Path.of(System.getProperty(
                        "stagecoach.directory", home.resolve(".stagecoach").toString()))
                .toAbsolutePath();
        var place = new Place(home, directory.resolve("bench"));
        CommandRun.exit(commandLine(place), arguments);
    }

    static CommandLine commandLine(Place place) {
        return CommandRun.explaining(new CommandLine(new Main())
                .addSubcommand(new LifecycleBench(place))
                .addSubcommand(new TicksBench(place))
                .addSubcommand(new IngestBench(place))
                .addSubcommand(new FuzzBench(place))
                .addSubcommand(new LatencyBench(place))
                .addSubcommand(new OutreachBench(place))
                .addSubcommand(new ConsoleBench(place))
                .addSubcommand(new StartBench(place)));
    }

    /** Without a benchmark. */
    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
