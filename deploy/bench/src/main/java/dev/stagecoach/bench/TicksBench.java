package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;

import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.local.process.Service;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench ticks}. */
@Command(
        name = "ticks",
        mixinStandardHelpOptions = true,
        description = {
            "How long a tick of time takes when some of many accounts are due, and when as many of fewer accounts are: the cost must"
                    + " follow those that are due, and not those that there are."
        })
final class TicksBench implements Callable<Integer> {

    private static final String METHOD =
            "lifecycle-service decides about one account told over Kafka; SQL then multiplies that"
                    + " account's rows in all tables. A first tick with as many due accounts warms up; the second is measured, from its"
                    + " acknowledgement by Kafka until its offsets are committed. All that are due reach day 60 and change their stage.";

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "How many accounts: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int accounts;

    @Option(
            names = "--fewer",
            paramLabel = "N",
            description = "How many to compare with: ${DEFAULT-VALUE}.",
            defaultValue = "100000")
    private int fewer;

    @Option(
            names = "--due",
            paramLabel = "N",
            description = "How many of them are due, in either case: ${DEFAULT-VALUE}.",
            defaultValue = "10000")
    private int due;

    private final Place place;

    TicksBench(Place place) {
        this.place = place;
    }

    /** @param ratio seconds of the larger run by seconds of the smaller; 1 is ideal */
    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            List<String> jvmOptions,
            List<TickRun> runs,
            double ratio) {}

    @Override
    public Integer call() {
        options.check(spec);
        BenchOptions.requireAtLeast(spec, "--due", due, 1);
        BenchOptions.requireAtLeast(spec, "--fewer", fewer, 2 * due);
        BenchOptions.requireAtLeast(spec, "--accounts", accounts, fewer);
        Service.requireBuilt(place.home(), Service.LIFECYCLE);
        var machine = Machine.here();
        line(machine.toString());
        var small = run(fewer);
        var large = run(accounts);
        double ratio = large.seconds() / small.seconds();
        line("");
        line("With %,d accounts a tick takes %.2f times as long as with %,d.".formatted(accounts, ratio, fewer));
        Report.write(
                options.json(),
                new Result(
                        "ticks", Instant.now(), machine, METHOD, options.jvmOptions(), List.of(small, large), ratio));
        return 0;
    }

    private TickRun run(int of) {
        try (var bed = Bed.make(place)) {
            var run = TickRun.measure(bed, options.jvmOptions(), of, due);
            line(
                    ("%,d of %,d accounts due: %.2f s until committed, %.2f s until published; %,d stage changes; of the table journey"
                                    + " %,d rows read by index, %d sequential scans")
                            .formatted(
                                    due,
                                    of,
                                    run.seconds(),
                                    run.secondsToPublish(),
                                    run.stageChanges(),
                                    run.rowsReadByIndex(),
                                    run.sequentialScans()));
            return run;
        }
    }
}
