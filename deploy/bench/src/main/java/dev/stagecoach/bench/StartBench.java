package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.line;
import static dev.stagecoach.bench.Report.number;

import dev.stagecoach.bench.figures.Machine;
import dev.stagecoach.bench.figures.Median;
import dev.stagecoach.local.process.ClassArchive;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stagecoach bench start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "How long each service takes to start, and what memory it has in use when the sample was played.")
final class StartBench implements Callable<Integer> {

    private static final String METHOD =
            "Each service starts alone, with an archive of its classes as in the images, on a Kafka and a PostgreSQL that run, so many times, and is told to stop in between; before"
                    + " that once more, when it makes its tables. Measured is from the start of the process until /q/health/ready answers"
                    + " 200, asked every 50 ms. What Quarkus says of itself leaves out the start of the JVM, and the wait for Kafka after it."
                    + " Then the local stack plays its whole sample with the same options of Java; resident memory is VmRSS when it is through,"
                    + " without a collection before, and the peak is VmHWM.";

    /** Of each container in deploy/compose.yaml, of which Java takes its part. */
    private static final String CONTAINER = "-XX:MaxRAM=512m";

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to a file as JSON, every run in it.")
    private @Nullable Path json;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How often each service starts: ${DEFAULT-VALUE}.",
            defaultValue = "5")
    private int runs;

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description =
                    "The options of Java for each service, in place of those of the images in a container of 512 MB."
                            + " May be given several times.")
    private List<String> ownOptions = List.of();

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Of the local stack that plays the sample: ${DEFAULT-VALUE}.",
            defaultValue = "3000")
    private int portOffset;

    @Option(names = "--no-sample", description = "Measure the start alone.")
    private boolean noSample;

    private final Place place;

    StartBench(Place place) {
        this.place = place;
    }

    /**
     * A service.
     *
     * @param first seconds until it was ready when it made its tables
     * @param seconds until it was ready, each time after that
     * @param quarkusSeconds what Quarkus said of itself, each of these times
     * @param cpuSeconds processor time until it was ready, each of these times; it hardly depends on what else runs
     * @param readyMb resident when it was ready, each of these times
     * @param sampleMb resident after the sample
     * @param samplePeakMb the most that ever was resident on the way there
     */
    private record Figures(
            String service,
            double first,
            List<Double> seconds,
            List<@Nullable Double> quarkusSeconds,
            List<@Nullable Double> cpuSeconds,
            List<@Nullable Double> readyMb,
            @Nullable Double sampleMb,
            @Nullable Double samplePeakMb) {}

    private record Result(
            String benchmark,
            Instant measuredAt,
            Machine machine,
            String method,
            List<String> jvmOptions,
            List<Figures> services) {}

    @Override
    public Integer call() {
        BenchOptions.requireAtLeast(spec, "--runs", runs, 1);
        if (json != null && Files.isDirectory(json)) {
            throw new ParameterException(spec.commandLine(), "--json: " + json + " is a directory (expected: a file)");
        }
        Service.requireBuilt(place.home(), Service.values());
        var machine = Machine.here();
        var jvmOptions = ownOptions.isEmpty() ? optionsOfImages() : ownOptions;
        line(machine.toString());
        line("Options of Java: " + String.join(" ", jvmOptions));
        var starts = starts(jvmOptions);
        var afterSample = noSample ? Map.<Service, PlayedSample.Memory>of() : play(jvmOptions);
        var figures = starts.stream()
                .map(start -> figures(start, afterSample.get(start.service())))
                .toList();
        tell(figures);
        Report.write(json, new Result("start", Instant.now(), machine, METHOD, jvmOptions, figures));
        return 0;
    }

    private Map<Service, PlayedSample.Memory> play(List<String> jvmOptions) {
        line("The sample is played, which takes some minutes.");
        return PlayedSample.play(place, jvmOptions, portOffset);
    }

    private List<String> optionsOfImages() {
        return Stream.concat(Stream.of(CONTAINER), ImageRecipe.of(place.home()).jvmOptions().stream())
                .toList();
    }

    private List<ServiceStarts> starts(List<String> jvmOptions) {
        var starts = new ArrayList<ServiceStarts>();
        try (var bed = Bed.make(place, Set.of(Part.KAFKA, Part.POSTGRES))) {
            ClassArchive.makeMissing(place.home(), bed.processes());
            for (var service : Service.values()) {
                starts.add(ServiceStarts.measure(bed, service, jvmOptions, runs));
            }
        }
        return starts;
    }

    /** @param afterSample null where it is not known */
    private static Figures figures(ServiceStarts start, PlayedSample.@Nullable Memory afterSample) {
        return new Figures(
                start.service().toString(),
                start.first(),
                start.seconds(),
                start.quarkusSeconds(),
                start.cpuSeconds(),
                start.readyMb(),
                afterSample == null ? null : afterSample.residentMb(),
                afterSample == null ? null : afterSample.peakMb());
    }

    private static void tell(List<Figures> services) {
        line("%-18s | %9s %9s %9s %9s %9s | %9s %9s %9s"
                .formatted(
                        "", "first s", "start s", "most s", "Quarkus s", "CPU s", "ready MB", "sample MB", "peak MB"));
        for (var one : services) {
            line("%-18s | %9.2f %9s %9.2f %9s %9s | %9s %9s %9s"
                    .formatted(
                            one.service(),
                            one.first(),
                            number("%.2f", Median.of(one.seconds())),
                            one.seconds().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .max()
                                    .orElseThrow(),
                            number("%.2f", Median.of(one.quarkusSeconds())),
                            number("%.2f", Median.of(one.cpuSeconds())),
                            number("%.0f", Median.of(one.readyMb())),
                            number("%.0f", one.sampleMb()),
                            number("%.0f", one.samplePeakMb())));
        }
    }
}
