package dev.stagecoach.local;

import dev.stagecoach.events.EventCodec;
import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.chaos.Comparison;
import dev.stagecoach.local.chaos.FaultPlan;
import dev.stagecoach.local.chaos.Outcome;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.sample.Portfolio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stagecoach chaos}. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Plays the sample twice: undisturbed, with one of everything; and on three brokers and two replicas of each service while"
                    + " these and PostgreSQL are killed and frozen by chance. Then it says whether anything came out otherwise. Exit code 0"
                    + " if all is the same, 1 if not."
        })
final class Chaos implements Callable<Integer> {

    private static final Size CLUSTER = new Size(3, 2);
    private static final int MOST_FAULTS = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--faults",
            paramLabel = "N",
            description = "How many times something is killed or frozen: ${DEFAULT-VALUE}.",
            defaultValue = "120")
    private int faults;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of an earlier run, for the same faults.")
    private @Nullable Long seed;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "The last day of the sample to play; by default its end, 2026-02-28.")
    private LocalDate until = Portfolio.LAST_DAY;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to a file as JSON.")
    private @Nullable Path json;

    @Mixin
    private final PortOffset portOffset = new PortOffset();

    private final Path home;
    private final Path directory;
    private final Terminal terminal;

    /**
     * @param home the checkout whose services run
     * @param directory where the stack keeps its things
     */
    Chaos(Path home, Path directory, Terminal terminal) {
        this.home = home;
        this.directory = directory;
        this.terminal = terminal;
    }

    /** What a run leaves behind for programs. */
    private record Result(
            long seed,
            LocalDate until,
            int faults,
            SortedMap<String, String> failed,
            List<String> restarts,
            double undisturbedSeconds,
            double disturbedSeconds,
            List<Comparison.Row> rows) {}

    @Override
    public Integer call() {
        require(faults >= 1 && faults <= MOST_FAULTS, "--faults: " + faults + " (expected: 1 to " + MOST_FAULTS + ")");
        require(
                until.isAfter(Portfolio.FIRST_DAY) && !until.isAfter(Portfolio.LAST_DAY),
                "--until: " + until + " (expected: after " + Portfolio.FIRST_DAY + ", at most " + Portfolio.LAST_DAY
                        + ")");
        require(json == null || !Files.isDirectory(json), "--json: " + json + " is a directory (expected: a file)");
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000);
        try (var state = StateDirectory.open(directory)) {
            Memory.requireEnough(CLUSTER);
            return run(chosen, state);
        }
    }

    private void require(boolean condition, String complaint) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }

    private int run(long chosen, StateDirectory state) {
        terminal.line("Seed %d: --seed %d repeats it. Logs are in %s.".formatted(chosen, chosen, state.logs()));
        long startedAt = System.nanoTime();
        Outcome undisturbed;
        try (var stack = Stack.start(options(Size.SMALLEST), state)) {
            undisturbed = run(stack).undisturbed();
        }
        var first = since(startedAt);
        terminal.line("Undisturbed, with one of everything: " + Terminal.seconds(first) + ".");
        startedAt = System.nanoTime();
        ChaosRun.Disturbed disturbed;
        try (var stack = Stack.start(options(CLUSTER), state)) {
            var plan = FaultPlan.of(chosen, faults, Victim.of(stack).size(), Portfolio.FIRST_DAY.plusDays(1), until);
            disturbed = run(stack).disturbed(plan);
        }
        var second = since(startedAt);
        terminal.line(
                "Disturbed, on three brokers and two replicas of each service: " + Terminal.seconds(second) + ".");
        var comparison = Comparison.of(undisturbed, disturbed.outcome());
        tell(disturbed, comparison);
        write(new Result(
                chosen,
                until,
                faults,
                disturbed.faults(),
                disturbed.restarts(),
                first.toMillis() / 1000.0,
                second.toMillis() / 1000.0,
                comparison.rows()));
        return comparison.problems().isEmpty() ? 0 : 1;
    }

    private StackOptions options(Size size) {
        return new StackOptions(home, directory, portOffset.ports(), false, true, size);
    }

    private ChaosRun run(Stack stack) {
        return new ChaosRun(Portfolio.ofSize(Portfolio.stories()), stack, until, terminal::line);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private void tell(ChaosRun.Disturbed disturbed, Comparison comparison) {
        terminal.line("");
        terminal.line("| what failed | how often |");
        terminal.line("|---|---|");
        disturbed.faults().forEach((victim, how) -> terminal.line("| %s | %s |".formatted(victim, how)));
        terminal.line("| started again though nobody killed it | %d |"
                .formatted(disturbed.restarts().size()));
        terminal.line("");
        terminal.line("| | undisturbed | disturbed | |");
        terminal.line("|---|---|---|---|");
        comparison
                .rows()
                .forEach(row -> terminal.line("| %s | %s | %s | %s |"
                        .formatted(
                                row.what(),
                                row.undisturbed(),
                                row.disturbed(),
                                row.problems().isEmpty() ? "" : "wrong")));
        terminal.line("");
        comparison.problems().forEach(terminal::line);
        terminal.line(
                comparison.problems().isEmpty()
                        ? "Nothing came out otherwise."
                        : "Something came out otherwise: that is a bug. Please report it with the seed.");
    }

    private void write(Result result) {
        if (json == null) {
            return;
        }
        try {
            Files.write(json, EventCodec.json().writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
        } catch (IOException e) {
            throw new Complaint("The result cannot be written to " + json + ": " + e.getMessage() + ".", e);
        }
    }
}
