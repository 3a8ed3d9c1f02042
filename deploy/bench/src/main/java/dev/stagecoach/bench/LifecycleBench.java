package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;

import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.bench.usage.MadeUpUsage;
import dev.stagecoach.bench.usage.UsageShape;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventType;
import dev.stagecoach.local.process.Service;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench lifecycle}. */
@Command(
        name = "lifecycle",
        mixinStandardHelpOptions = true,
        description = {
            "How fast lifecycle-service reads a log of usage events, beside Kafka's own consumer performance tool, which only reads,"
                    + " and a Kafka Streams program that counts the same. Exit code 1 if anybody counts wrong."
        })
final class LifecycleBench implements Callable<Integer> {

    /** With a month's end in it. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 12);

    private static final String METHOD =
            "Every contender reads the same log on the same broker from its beginning, one after the"
                    + " other, starting from nothing: a new consumer group, an empty database, an empty state directory. It has caught up when"
                    + " its offsets are committed up to the end of all that it reads. Figures are medians over the runs.";

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "How many usage events: ${DEFAULT-VALUE}.",
            defaultValue = "2000000")
    private int events;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "By how many accounts: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int accounts;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "With how many users in all: ${DEFAULT-VALUE}.",
            defaultValue = "100000")
    private int users;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "On how many days, with a tick each hour: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int days;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed makes the same events: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How often each contender runs, in turn: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int runs;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            description = "How often Kafka Streams commits, in milliseconds: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int commitMillis;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Run only the contenders whose name begins like this, for instance lifecycle-service.",
            defaultValue = "")
    private String only;

    private final Place place;

    LifecycleBench(Place place) {
        this.place = place;
    }

    /** All that there is to tell. */
    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            Input input,
            List<String> jvmOptions,
            int commitIntervalMillis,
            List<Standing> standings,
            List<Run> runs,
            List<Counts.Comparison> counts) {}

    @Override
    public Integer call() {
        checkOptions();
        Service.requireBuilt(place.home(), Service.LIFECYCLE);
        var machine = Machine.here();
        try (var bed = Bed.make(place);
                var counts = new Counts(bed, "counts")) {
            return run(bed, counts, machine);
        }
    }

    private void checkOptions() {
        options.check(spec);
        BenchOptions.requireAtLeast(spec, "--events", events, 1);
        BenchOptions.requireAtLeast(spec, "--accounts", accounts, 1);
        BenchOptions.requireAtLeast(spec, "--users", users, accounts);
        BenchOptions.requireAtLeast(spec, "--days", days, 1);
        BenchOptions.requireAtLeast(spec, "--runs", runs, 1);
        BenchOptions.requireAtLeast(spec, "--commit-interval", commitMillis, 1);
    }

    private int run(Bed bed, Counts counts, Machine machine) {
        line(machine.toString());
        var input = write(bed, new UsageShape(seed, events, accounts, users, FIRST_DAY, days));
        line("%,d events of %,d accounts and %,d users on %d days, %.0f bytes of JSON each, written in %.0f s."
                .formatted(events, accounts, users, days, input.eventBytes(), input.secondsToWrite()));
        counts.expect(input.ends());

        var ceiling = new ConsumerTool(bed, input, options.jvmOptions());
        var streams = new StreamsProgram(bed, input, options.jvmOptions(), "exactly_once_v2", commitMillis);
        var contenders = Stream.of(
                        ceiling,
                        streams,
                        new StreamsProgram(bed, input, options.jvmOptions(), "at_least_once", commitMillis),
                        new LifecycleService(bed, input, options.jvmOptions()))
                .filter(contender -> contender.title().startsWith(only))
                .toList();
        if (contenders.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--only: %s is the beginning of no contender".formatted(only));
        }
        var done = new ArrayList<Run>();
        var comparisons = new ArrayList<Counts.Comparison>();
        for (int number = 1; number <= runs; number++) {
            for (var contender : contenders) {
                var run = contender.run(number, counts);
                line("%d. %-30s %7.1f s, %7.1f s of it from the first record"
                        .formatted(number, contender.title(), run.seconds(), run.secondsFromFirst()));
                done.add(run);
                if (contender != ceiling) {
                    comparisons.addAll(compare(counts, contender));
                }
            }
        }
        var standings = contenders.stream()
                .map(contender -> Standing.of(contender.title(), done, ceiling.title(), streams.title()))
                .toList();
        tell(standings);
        Report.write(
                options.json(),
                new Result(
                        "lifecycle",
                        Instant.now(),
                        machine,
                        METHOD,
                        input,
                        options.jvmOptions(),
                        commitMillis,
                        standings,
                        done,
                        comparisons));
        return comparisons.stream().anyMatch(Counts.Comparison::isWrong) ? 1 : 0;
    }

    private static Input write(Bed bed, UsageShape shape) {
        var watch = new Stopwatch();
        var bytes = new AtomicLong();
        try (var log = new EventLog(bed.kafka())) {
            new MadeUpUsage(shape).tell(event -> {
                if (event.type() == EventType.USAGE_EVENT) {
                    bytes.addAndGet(EventCodec.value(event.data()).length);
                }
                log.write(event);
            });
            log.flush();
        }
        var ends = EventLog.ends(bed.kafka(), LifecycleService.TOPICS);
        return new Input(shape, ends, bytes.doubleValue() / shape.events(), watch.seconds());
    }

    private static List<Counts.Comparison> compare(Counts counts, Contender contender) {
        var comparisons = counts.compare(contender.title());
        for (var comparison : comparisons) {
            if (comparison.counted() == 0) {
                line("   %s: not kept by day by this program, and not compared".formatted(comparison.kind()));
            } else if (comparison.isWrong()) {
                line("   %s: WRONG, %,d of %,d differ, for instance %s"
                        .formatted(
                                comparison.kind(),
                                comparison.different(),
                                comparison.expected(),
                                comparison.example()));
            } else {
                line("   %s: all %,d as counted by SQL".formatted(comparison.kind(), comparison.expected()));
            }
        }
        return comparisons;
    }

    private void tell(List<Standing> standings) {
        line("");
        line("Medians of %d run%s:".formatted(runs, runs == 1 ? "" : "s"));
        line(Standing.heading());
        standings.forEach(standing -> line(standing.line()));
        standings.stream()
                .filter(standing -> standing.secondsToPublish() != null)
                .forEach(standing -> line("%s had published all that it decided %.1f s after its start."
                        .formatted(standing.contender(), standing.secondsToPublish())));
    }
}
