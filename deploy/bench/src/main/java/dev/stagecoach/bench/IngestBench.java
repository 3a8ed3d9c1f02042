package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;
import static dev.stagecoach.bench.Report.number;

import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.bench.usage.SentUsage;
import dev.stagecoach.bench.usage.UsageShape;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Part;
import dev.stagecoach.platform.Platform;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench ingest}. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        defaultValueProvider = IngestBench.Defaults.class,
        description = {
            "How many usage events a second usage-ingest takes over HTTP and has on Kafka, one, a hundred and five hundred a request, beside"
                    + " Kafka's own producer performance tool. Exit code 1 if an acknowledged event is missing, or one is there twice."
        })
final class IngestBench implements Callable<Integer> {

    /** Enough that Kafka's tool, which picks them by chance, seldom has one twice in a batch. */
    private static final int EVENTS = 100_000;

    private static final int ACCOUNTS = 1_000;
    private static final int USERS = 50_000;
    private static final long TRIAL = 1_000_000;
    private static final double BUSY = 0.9;

    private static final String METHOD =
            "The same events go to the same broker, acks=all, idempotent, lz4, on topics of 12 partitions: by Kafka's producer"
                    + " performance tool, with the best of some usual batch sizes, and over HTTP/1.1 keep-alive connections, authenticated by Basic, to usage-ingest, freshly"
                    + " started for each number of events a request and warmed up. At full load every connection always has a request under way, and latency is from the"
                    + " request to its answer; at half load requests have fixed times, and latency is from that time. Every event has an id of its own. At the end the"
                    + " topic must hold as many records as were acknowledged. Figures are medians over the runs.";

    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each load is measured: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long full load comes before that, each time: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int warmUpSeconds;

    @Option(
            names = "--events-per-request",
            paramLabel = "N",
            split = ",",
            description = "How many events a request has, separated by commas: ${DEFAULT-VALUE}.",
            defaultValue = "1,100,500")
    private List<Integer> eventsPerRequest;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "How many connections send single events: ${DEFAULT-VALUE}.",
            defaultValue = "256")
    private int connections;

    @Option(
            names = "--batch-connections",
            paramLabel = "N",
            description = "How many connections send several events a request: ${DEFAULT-VALUE}.",
            defaultValue = "32")
    private int batchConnections;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How often each is measured, in turn: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int runs;

    @Option(names = "--without-ceiling", description = "Leave Kafka's tool out.")
    private boolean withoutCeiling;

    @Option(
            names = "--profile",
            paramLabel = "FILE.jfr",
            description =
                    "Write what Flight Recorder sees of the service during one more load, after what is measured in the last run. The number"
                            + " of events a request is added to the name.")
    private @Nullable Path profile;

    private final Place place;

    IngestBench(Place place) {
        this.place = place;
    }

    /** The service is to do with little memory. */
    static final class Defaults implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return argument instanceof OptionSpec option && "--heap".equals(option.longestName()) ? "256m" : null;
        }
    }

    /** All that there is to tell. */
    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            List<String> jvmOptions,
            int warmUpSeconds,
            int seconds,
            double eventBytes,
            List<IngestStanding> standings,
            List<ProducerTool.Ceiling> ceilings,
            List<IngestLoad.Run> runs) {}

    @Override
    public Integer call() {
        checkOptions();
        Service.requireBuilt(place.home(), Service.INGEST);
        var machine = Machine.here();
        line(machine.toString());
        // Both sides send to it as fast as they can.
        System.setProperty(Platform.BROKER_RUNS_FAST, "true");
        try (var bed = Bed.make(place, Set.of(Part.KAFKA));
                var topics = new TopicRecords(bed.kafka())) {
            return run(bed, topics, machine);
        }
    }

    private void checkOptions() {
        options.check(spec);
        BenchOptions.requireAtLeast(spec, "--seconds", seconds, 1);
        BenchOptions.requireAtLeast(spec, "--warm-up", warmUpSeconds, 1);
        eventsPerRequest.forEach(events -> BenchOptions.requireAtLeast(spec, "--events-per-request", events, 1));
        BenchOptions.requireAtLeast(spec, "--connections", connections, 1);
        BenchOptions.requireAtLeast(spec, "--batch-connections", batchConnections, 1);
        BenchOptions.requireAtLeast(spec, "--runs", runs, 1);
    }

    private int run(Bed bed, TopicRecords topics, Machine machine) {
        var directory = bed.scratch("ingest");
        var events = directory.resolve("events.jsonl");
        double eventBytes = write(directory, events);
        line("Events of %.0f bytes as sent; %d s of warm-up, then %d s at full and %d s at half load."
                .formatted(eventBytes, warmUpSeconds, seconds, seconds));
        var tool = withoutCeiling ? null : new ProducerTool(bed, topics, events);
        var load = new IngestLoad(bed, topics, events, options.jvmOptions(), warmUpSeconds, seconds);
        var ceilings = new ArrayList<ProducerTool.Ceiling>();
        var done = new ArrayList<IngestLoad.Run>();
        for (int number = 1; number <= runs; number++) {
            if (tool != null) {
                ceilings.add(told(number, tool.measure(TRIAL, seconds)));
            }
            for (int each : eventsPerRequest) {
                var file = IngestLoad.profileOf(profile, each, number == runs);
                done.add(told(load.run(number, each, each == 1 ? connections : batchConnections, file.orElse(null))));
            }
        }
        var standings = standings(ceilings, done);
        tell(standings);
        Report.write(
                options.json(),
                new Result(
                        "ingest",
                        Instant.now(),
                        machine,
                        METHOD,
                        options.jvmOptions(),
                        warmUpSeconds,
                        seconds,
                        eventBytes,
                        standings,
                        ceilings,
                        done));
        boolean wrong = ceilings.stream().anyMatch(ProducerTool.Ceiling::isWrong)
                || done.stream().anyMatch(IngestLoad.Run::isWrong);
        return wrong ? 1 : 0;
    }

    /** Writes the events, one a line, and says how many bytes they have on average. */
    private static double write(Path directory, Path file) {
        var lines = SentUsage.of(new UsageShape(
                1, EVENTS, ACCOUNTS, USERS, LocalDate.now(ZoneOffset.UTC).minusDays(1), 1));
        try {
            Files.createDirectories(directory);
            try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
                for (int i = 0; i < lines.size(); i++) {
                    if (i > 0) {
                        out.write('\n');
                    }
                    out.write(lines.get(i));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.stream().mapToInt(line -> line.length).average().orElseThrow();
    }

    private static ProducerTool.Ceiling told(int number, ProducerTool.Ceiling ceiling) {
        var full = ceiling.full();
        line("%d. %s: %,.0f records/s, with batch.size=%d linger.ms=%d%s"
                .formatted(
                        number,
                        ProducerTool.TITLE,
                        full.recordsPerSecond(),
                        full.batching().bytes(),
                        full.batching().lingerMillis(),
                        ceiling.isWrong() ? "; WRONG, its topic has another number of records" : ""));
        return ceiling;
    }

    private static IngestLoad.Run told(IngestLoad.Run run) {
        line("%d. usage-ingest, %d a request: %,.0f events/s; %s %,d acknowledged, %,d on the topic%s"
                .formatted(
                        run.number(),
                        run.eventsPerRequest(),
                        run.full().tally().eventsPerSecond(),
                        run.isWrong() ? "WRONG," : "all of",
                        run.acknowledged(),
                        run.written(),
                        run.mayBeMore() == 0 ? "" : "; refused %,d events".formatted(run.mayBeMore())));
        return run;
    }

    private List<IngestStanding> standings(List<ProducerTool.Ceiling> ceilings, List<IngestLoad.Run> done) {
        var standings = new ArrayList<IngestStanding>();
        if (!ceilings.isEmpty()) {
            standings.add(IngestStanding.of(ceilings));
        }
        var ceiling = ceilings.isEmpty() ? null : standings.get(0).eventsPerSecond();
        eventsPerRequest.stream()
                .distinct()
                .map(each -> IngestStanding.of(each, done, ceiling))
                .forEach(standings::add);
        return standings;
    }

    private void tell(List<IngestStanding> standings) {
        line("");
        line("Medians of %d run%s:".formatted(runs, runs == 1 ? "" : "s"));
        line(IngestStanding.heading());
        standings.forEach(standing -> line(standing.line()));
        for (var standing : standings) {
            var cores = standing.generatorCores();
            if (cores != null) {
                line("%s: the generator, one thread, used %s of a core%s."
                        .formatted(
                                standing.contender(),
                                number("%.2f", cores),
                                cores > BUSY ? ", so that it may be what was measured" : ""));
            }
            if (standing.refusals() > 0) {
                line("%s: %,d requests were refused.".formatted(standing.contender(), standing.refusals()));
            }
        }
    }
}
