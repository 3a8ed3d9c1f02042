package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.JavaMemory;
import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a service started, alone, several times.
 *
 * @param first seconds until it was ready when it made its tables
 * @param seconds until it was ready, each time after that
 * @param quarkusSeconds what Quarkus said of itself, each of these times
 * @param cpuSeconds processor time until it was ready, each of these times
 * @param readyMb resident when it was ready, each of these times
 */
record ServiceStarts(
        Service service,
        double first,
        List<Double> seconds,
        List<@Nullable Double> quarkusSeconds,
        List<@Nullable Double> cpuSeconds,
        List<@Nullable Double> readyMb) {

    private static final Pattern STARTED = Pattern.compile("started in (\\d+\\.\\d+)s");

    static ServiceStarts measure(Bed bed, Service service, List<String> jvmOptions, int runs) {
        double first = start(bed, service, jvmOptions).seconds();
        var seconds = new ArrayList<Double>();
        var quarkusSeconds = new ArrayList<@Nullable Double>();
        var cpuSeconds = new ArrayList<@Nullable Double>();
        var readyMb = new ArrayList<@Nullable Double>();
        for (int run = 0; run < runs; run++) {
            var start = start(bed, service, jvmOptions);
            seconds.add(start.seconds());
            quarkusSeconds.add(start.quarkusSeconds());
            cpuSeconds.add(start.cpuSeconds());
            readyMb.add(start.readyMb());
        }
        return new ServiceStarts(service, first, seconds, quarkusSeconds, cpuSeconds, readyMb);
    }

    private record One(
            double seconds,
            @Nullable Double quarkusSeconds,
            @Nullable Double cpuSeconds,
            @Nullable Double readyMb) {}

    private static One start(Bed bed, Service service, List<String> jvmOptions) {
        var watch = new Stopwatch();
        var started = bed.start(service, jvmOptions, false, Map.of());
        try {
            started.awaitReady();
            double seconds = watch.seconds();
            return new One(
                    seconds,
                    lastStart(started.log()),
                    new ProcessMeter(started.process().process()).cpuSeconds(),
                    JavaMemory.residentMb(started.process().process().pid()));
        } finally {
            started.stop();
        }
    }

    /** Logs grow with each start. */
    private static @Nullable Double lastStart(Path log) {
        try {
            return STARTED.matcher(Files.readString(log))
                    .results()
                    .reduce((earlier, later) -> later)
                    .map(found -> Double.valueOf(found.group(1)))
                    .orElse(null);
        } catch (IOException e) {
            throw new Complaint("The log " + log + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
