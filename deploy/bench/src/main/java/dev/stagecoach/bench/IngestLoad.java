package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.CpuClock;
import dev.stagecoach.bench.figures.GcLog;
import dev.stagecoach.bench.figures.JavaMemory;
import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.bench.load.Tally;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** usage-ingest, freshly started, under requests of so many events. */
final class IngestLoad {

    private final Bed bed;
    private final TopicRecords topics;
    private final Path events;
    private final List<String> jvmOptions;
    private final int warmUpSeconds;
    private final int seconds;

    /** @param events a file with one event a line */
    IngestLoad(Bed bed, TopicRecords topics, Path events, List<String> jvmOptions, int warmUpSeconds, int seconds) {
        this.bed = bed;
        this.topics = topics;
        this.events = events;
        this.jvmOptions = jvmOptions;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    /** Processor time of the three that share the machine; null when unknown. */
    record Effort(
            @Nullable Double service,
            @Nullable Double broker,
            @Nullable Double generator) {

        Effort minus(Effort earlier) {
            return new Effort(
                    minus(service, earlier.service()),
                    minus(broker, earlier.broker()),
                    minus(generator, earlier.generator()));
        }

        private static @Nullable Double minus(@Nullable Double now, @Nullable Double before) {
            return now == null || before == null ? null : now - before;
        }

        /** Seconds for a million of what was done so many times. */
        Effort perMillion(long done) {
            return new Effort(perMillion(service, done), perMillion(broker, done), perMillion(generator, done));
        }

        private static @Nullable Double perMillion(@Nullable Double seconds, long done) {
            return seconds == null || done == 0 ? null : seconds * 1e6 / done;
        }
    }

    /**
     * A phase and what it cost.
     *
     * @param cpuSeconds from the first request to the last answer
     */
    record Measured(Tally tally, Effort cpuSeconds) {}

    /**
     * How it went.
     *
     * @param warmUp not measured, but counted
     * @param full every connection always has a request under way
     * @param half half as many events a second as that, at fixed times
     * @param acknowledged how many events were, in all phases
     * @param written how many records they made, by the offsets of their topic
     * @param mayBeMore how many events were in refused requests, of which some may have been written
     * @param gc the most of all of its garbage collections
     * @param memoryAtEnd after a full collection
     */
    record Run(
            int number,
            int eventsPerRequest,
            int connections,
            Tally warmUp,
            Measured full,
            Measured half,
            long acknowledged,
            long written,
            long mayBeMore,
            GcLog.Most gc,
            JavaMemory memoryAtEnd,
            @Nullable Double peakMemoryMb) {

        /** Something that was acknowledged is not there, or something is there twice. */
        boolean isWrong() {
            return written < acknowledged || written > acknowledged + mayBeMore;
        }
    }

    /**
     * Warms up, measures, and counts.
     *
     * @param profile where a Flight Recorder profile of another such load goes, after what is measured
     */
    Run run(int number, int eventsPerRequest, int connections, @Nullable Path profile) {
        long before = topics.written(Topics.USAGE_EVENTS);
        var gcLog = bed.log("usage-ingest-gc");
        var options = new ArrayList<>(jvmOptions);
        options.add(GcLog.option(gcLog));
        delete(gcLog);
        var service = bed.start(Service.INGEST, options, false, Map.of());
        try {
            service.awaitReady();
            var meter = new ProcessMeter(service.process().process());
            long seed = number * 1_000_000L + eventsPerRequest;
            try (var load = LoadProcess.start(bed, service.address(), events, eventsPerRequest, connections, seed)) {
                var effort = effort(meter, load);
                var warmUp = load.closed(warmUpSeconds);
                var full = measured(() -> load.closed(seconds), effort);
                double half = full.tally().eventsPerSecond() / 2 / eventsPerRequest;
                if (half == 0) {
                    throw new Complaint("usage-ingest recorded nothing under load; its log is " + service.log() + ".");
                }
                var halfLoad = measured(() -> load.open(seconds, half), effort);
                long acknowledged = warmUp.acknowledged()
                        + full.tally().acknowledged()
                        + halfLoad.tally().acknowledged();
                long refusals = warmUp.refusals()
                        + full.tally().refusals()
                        + halfLoad.tally().refusals();
                var gc = GcLog.most(gcLog);
                service.requireAlive();
                meter.look();
                var run = new Run(
                        number,
                        eventsPerRequest,
                        connections,
                        warmUp,
                        full,
                        halfLoad,
                        acknowledged,
                        topics.written(Topics.USAGE_EVENTS) - before,
                        refusals * eventsPerRequest,
                        gc,
                        JavaMemory.of(service.process().process().pid()),
                        meter.peakMemoryMb());
                if (profile != null) {
                    profile(service, load, profile);
                }
                return run;
            }
        } finally {
            service.stop();
            topics.delete(Topics.USAGE_EVENTS);
        }
    }

    private Supplier<Effort> effort(ProcessMeter service, LoadProcess load) {
        var broker = CpuClock.start(bed.platform().process(Part.KAFKA));
        return () -> {
            service.look();
            return new Effort(service.cpuSeconds(), broker.seconds(), load.cpuSeconds());
        };
    }

    private static Measured measured(Supplier<Tally> phase, Supplier<Effort> effort) {
        var before = effort.get();
        var tally = phase.get();
        return new Measured(tally, effort.get().minus(before));
    }

    private void profile(Bed.Started service, LoadProcess load, Path file) {
        long pid = service.process().process().pid();
        delete(file);
        JavaMemory.jcmd(pid, "JFR.start", "name=bench", "settings=profile", "filename=" + file);
        load.closed(seconds);
        var said = JavaMemory.jcmd(pid, "JFR.stop", "name=bench", "filename=" + file);
        if (!Files.exists(file)) {
            throw new Complaint("Flight Recorder wrote no profile: " + said.strip());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file beside another one, whose name says how many events a request had. */
    static Path profileOf(Path file, int eventsPerRequest) {
        var name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        var suffix = "-" + eventsPerRequest;
        return file.resolveSibling(dot < 0 ? name + suffix : name.substring(0, dot) + suffix + name.substring(dot));
    }

    /** Empty where the profile is not wanted. */
    static Optional<Path> profileOf(@Nullable Path file, int eventsPerRequest, boolean wanted) {
        return file == null || !wanted
                ? Optional.empty()
                : Optional.of(profileOf(file.toAbsolutePath(), eventsPerRequest));
    }
}
