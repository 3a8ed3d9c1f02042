package dev.stagecoach.local;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stagecoach roll}. */
@Command(
        name = "roll",
        mixinStandardHelpOptions = true,
        description = {
            "Starts two replicas of each service, sends usage events at a steady rate, and meanwhile replaces every process of every service, one"
                    + " at a time, as an upgrade does. Then it says whether an accepted event was lost, and how long usage-ingest took to"
                    + " answer. Exit code 0 if nothing was lost or counted twice, 1 if anything was."
        })
final class Roll implements Callable<Integer> {

    private static final Size SIZE = new Size(1, 2);
    private static final int MOST = 50_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events a second, in requests of twenty: ${DEFAULT-VALUE}.",
            defaultValue = "2000")
    private int rate;

    @Mixin
    private final PortOffset portOffset = new PortOffset();

    private final Path home;
    private final Path directory;
    private final Terminal terminal;

    /**
     * @param home the checkout whose services run
     * @param directory where the stack keeps its things
     */
    Roll(Path home, Path directory, Terminal terminal) {
        this.home = home;
        this.directory = directory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        require(rate >= 20 && rate <= MOST, "--rate: " + rate + " (expected: 20 to " + MOST + ")");
        try (var state = StateDirectory.open(directory)) {
            Memory.requireEnough(SIZE);
            terminal.line("Starting two replicas of each service; logs are in " + state.logs());
            var options = new StackOptions(home, directory, portOffset.ports(), false, false, SIZE);
            try (var stack = Stack.start(options, state)) {
                return tell(new RollingRun(stack, rate, terminal::line).run());
            }
        }
    }

    private void require(boolean condition, String complaint) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }

    private int tell(RollingRun.Result result) {
        terminal.line("");
        terminal.line(
                "| events sent | accepted | lost | counted | requests made again | p50 ms | p99 ms | longest ms |");
        terminal.line("|---|---|---|---|---|---|---|---|");
        terminal.line("| %,d | %,d | %,d | %,d | %,d | %s | %s | %s |"
                .formatted(
                        result.sent(),
                        result.accepted(),
                        result.lost().size(),
                        result.counted(),
                        result.askedAgain(),
                        millis(result.percentile(50)),
                        millis(result.percentile(99)),
                        millis(result.percentile(100))));
        return result.lost().isEmpty() && result.counted() == result.accepted() ? 0 : 1;
    }

    private static String millis(Duration duration) {
        return "%,d".formatted(duration.toMillis());
    }
}
