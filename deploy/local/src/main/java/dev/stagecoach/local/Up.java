package dev.stagecoach.local;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.StateDirectory;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stagecoach up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts Kafka, PostgreSQL, a mail server and the four services on this machine, plays fourteen months of a sample"
                    + " portfolio through them, and stays up until Ctrl-C, which stops everything."
        })
final class Up implements Callable<Integer> {

    private static final Duration LOOK_AFTER_SERVICES = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "Stop after the summary: exit code 0 if all went well.")
    private boolean once;

    @Option(names = "--keep", description = "Keep the data for the next time; without it, it is deleted at the end.")
    private boolean keep;

    @Option(names = "--no-sample", description = "Start without the sample portfolio, and with real time.")
    private boolean noSample;

    @Option(
            names = "--speed",
            paramLabel = "DAYS_PER_SECOND",
            description = "The most simulated days in a second; as many as possible by default.")
    private @Nullable Double speed;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "How many accounts the sample has; beyond ${DEFAULT-VALUE}, the stories are told again.",
            defaultValue = "18")
    private int accounts;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary to a file as JSON.")
    private @Nullable Path json;

    @Mixin
    private final PortOffset portOffset = new PortOffset();

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description =
                    "How many nodes Kafka has, 1 or 3: with 3, each record is in three of them and confirmed by two.",
            defaultValue = "1")
    private int brokers;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "How many processes each service has, up to 9, on ports ten apart: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int replicas;

    private final Path home;
    private final Path directory;
    private final Terminal terminal;

    /**
     * @param home the checkout whose services run
     * @param directory where the stack keeps its things
     */
    Up(Path home, Path directory, Terminal terminal) {
        this.home = home;
        this.directory = directory;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        checkOptions();
        try (var state = StateDirectory.open(directory)) {
            Memory.requireEnough(size());
            var options = new StackOptions(home, directory, portOffset.ports(), keep, !noSample, size());
            return run(options, state);
        }
    }

    private void checkOptions() {
        require(speed == null || speed > 0, "--speed: " + speed + " (expected: more than 0)");
        require(brokers == 1 || brokers == 3, "--brokers: " + brokers + " (expected: 1 or 3)");
        require(
                replicas >= 1 && replicas <= Replica.MOST,
                "--replicas: " + replicas + " (expected: 1 to " + Replica.MOST + ")");
        require(accounts > 0, "--accounts: " + accounts + " (expected: 1 or more)");
        portOffset
                .ports()
                .closedToBrowsers(size())
                .ifPresent(service -> require(
                        false,
                        "--port-offset: %s would put %s on port %d, which no browser opens (expected: another number)"
                                .formatted(portOffset, service, Ports.CLOSED_TO_BROWSERS)));
        require(!noSample || json == null, "--json: there is no summary with --no-sample");
        require(json == null || !Files.isDirectory(json), "--json: " + json + " is a directory (expected: a file)");
    }

    private Size size() {
        return new Size(brokers, replicas);
    }

    private void require(boolean condition, String complaint) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }

    private int run(StackOptions options, StateDirectory state) {
        if (keep && !noSample) {
            KeptSample.in(state.data(true)).ifPresent(kept -> kept.require(accounts, state.data(true)));
        }
        long startedAt = System.nanoTime();
        terminal.line("Starting Kafka, PostgreSQL, mail and four services; logs are in " + state.logs());
        try (var stack = Stack.start(options, state)) {
            terminal.line("Ready after %s: http://localhost:%d"
                    .formatted(
                            Terminal.seconds(since(startedAt)), options.ports().of(Service.ALERTS)));
            boolean well = noSample || playSample(stack, state.data(keep));
            if (!once) {
                stayUp(stack);
            }
            terminal.line("Stopping.");
            return well ? 0 : 1;
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private boolean playSample(Stack stack, Path data) {
        var first = keep ? firstDayToPlay(stack, data) : Portfolio.FIRST_DAY;
        var portfolio = Portfolio.ofSize(accounts);
        long startedAt = System.nanoTime();
        try (var run = new SampleRun(portfolio, stack, terminal::tell)) {
            if (first.isAfter(Portfolio.LAST_DAY)) {
                terminal.line("The kept data holds the sample already: it is not loaded again.");
            } else {
                terminal.beginProgress(first, Portfolio.LAST_DAY);
                try {
                    run.play(first, Portfolio.LAST_DAY, speed == null ? 0 : speed, day -> dayIsOver(day, data));
                } finally {
                    terminal.endProgress();
                }
            }
            var summary = run.summary();
            var problems = first.equals(Portfolio.FIRST_DAY) ? run.mailProblems() : List.<String>of();
            tell(summary, problems, since(startedAt));
            return problems.isEmpty();
        }
    }

    private LocalDate firstDayToPlay(Stack stack, Path data) {
        var kept = KeptSample.in(data);
        var first =
                KeptSample.firstDayToPlay(kept, Ticks.latest(stack.platform().bootstrapServers()), data);
        if (kept.isEmpty()) {
            KeptSample.begun(accounts).writeTo(data);
        }
        return first;
    }

    private void dayIsOver(LocalDate day, Path data) {
        if (keep) {
            new KeptSample(accounts, day).writeTo(data);
        }
        terminal.progress(day);
    }

    private void tell(Summary summary, List<String> problems, Duration duration) {
        summary.lines().forEach(terminal::line);
        terminal.line("");
        terminal.line("%d accounts, %s to %s, in %s: %d stage changes, %d mails, %d alerts."
                .formatted(
                        summary.accounts().size(),
                        summary.from(),
                        summary.to(),
                        Terminal.seconds(duration),
                        summary.stageChanges(),
                        summary.mails(),
                        summary.alerts()));
        problems.forEach(terminal::line);
        if (json != null) {
            summary.write(json);
        }
    }

    private void stayUp(Stack stack) {
        if (!noSample) {
            terminal.line("Time stands still at %s."
                    .formatted(Ticks.latest(stack.platform().bootstrapServers()).orElse(Instant.EPOCH)));
        }
        terminal.line("Stop with Ctrl-C.");
        while (!Thread.currentThread().isInterrupted()) {
            stack.requireAlive();
            LockSupport.parkNanos(LOOK_AFTER_SERVICES.toNanos());
        }
    }
}
