package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;

import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.bench.figures.Percentiles;
import dev.stagecoach.local.process.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench latency}. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "How long it takes, under a steady load of usage events, from the answer to a ping that changes its account's stage until"
                    + " the change can be read on lifecycle.stages."
        })
final class LatencyBench implements Callable<Integer> {

    private static final String METHOD =
            "usage-ingest and lifecycle-service run with real time and ticks every 5 s, while a producer"
                    + " writes usage events of other accounts. Each ping is of an account of its own at 79 % of its seats, and raises the last"
                    + " month to 80 %: Adopting becomes Nurturing. The clock starts with the HTTP answer and stops when a consumer has the stage"
                    + " change. Pings are sent at a fixed rate, whether earlier ones are through or not.";

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "How many usage events a second meanwhile: ${DEFAULT-VALUE}.",
            defaultValue = "5000")
    private int rate;

    @Option(
            names = "--pings",
            paramLabel = "N",
            description = "How many pings: ${DEFAULT-VALUE}.",
            defaultValue = "400")
    private int pings;

    @Option(
            names = "--pings-per-second",
            paramLabel = "N",
            description = "How fast: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int pingsPerSecond;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long events and pings come before those that count: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int warmUpSeconds;

    private final Place place;

    LatencyBench(Place place) {
        this.place = place;
    }

    /**
     * All that there is to tell.
     *
     * @param millisFromAnswer from the HTTP answer until the stage change was read
     * @param millisFromRequest from the HTTP request until the stage change was read
     * @param eventsPerSecond what the producer really wrote
     * @param unreadAtEnd how many records lifecycle-service had still to read when the last ping was through
     */
    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            List<String> jvmOptions,
            int pings,
            int pingsPerSecond,
            int warmUpSeconds,
            Percentiles millisFromAnswer,
            Percentiles millisFromRequest,
            double eventsPerSecond,
            long unreadAtEnd) {}

    @Override
    public Integer call() {
        options.check(spec);
        BenchOptions.requireAtLeast(spec, "--rate", rate, 1);
        BenchOptions.requireAtLeast(spec, "--pings", pings, 1);
        BenchOptions.requireAtLeast(spec, "--pings-per-second", pingsPerSecond, 1);
        BenchOptions.requireAtLeast(spec, "--warm-up", warmUpSeconds, 0);
        Service.requireBuilt(place.home(), Service.INGEST, Service.LIFECYCLE);
        var machine = Machine.here();
        line(machine.toString());
        try (var bed = Bed.make(place);
                var world = PingWorld.start(
                        bed, options.jvmOptions(), pings + warmUpSeconds * pingsPerSecond, pingsPerSecond);
                var load = SteadyLoad.start(bed.kafka(), rate)) {
            world.ping(0, warmUpSeconds * pingsPerSecond);
            load.startCounting();
            var times = world.ping(warmUpSeconds * pingsPerSecond, pings);
            double eventsPerSecond = load.eventsPerSecond();
            tell(machine, times, eventsPerSecond, world.unread());
        }
        return 0;
    }

    private void tell(Machine machine, List<PingWorld.Times> times, double eventsPerSecond, long unread) {
        var fromAnswer = Percentiles.of(times.stream()
                .map(PingWorld.Times::fromAnswer)
                .map(LatencyBench::millis)
                .toList());
        var fromRequest = Percentiles.of(times.stream()
                .map(PingWorld.Times::fromRequest)
                .map(LatencyBench::millis)
                .toList());
        line("%d pings at %,.0f events/s; %,d records unread at the end.".formatted(pings, eventsPerSecond, unread));
        if (unread > rate) {
            line("Those are more than a second's: this machine does not take the load, and the times only grow.");
        }
        line("From the HTTP answer to the stage change:  %s".formatted(text(fromAnswer)));
        line("From the HTTP request to the stage change: %s".formatted(text(fromRequest)));
        Report.write(
                options.json(),
                new Result(
                        "latency",
                        Instant.now(),
                        machine,
                        METHOD,
                        options.jvmOptions(),
                        pings,
                        pingsPerSecond,
                        warmUpSeconds,
                        fromAnswer,
                        fromRequest,
                        eventsPerSecond,
                        unread));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static String text(Percentiles millis) {
        return "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms"
                .formatted(millis.p50(), millis.p90(), millis.p99(), millis.max());
    }
}
