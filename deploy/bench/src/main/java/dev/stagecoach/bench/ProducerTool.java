package dev.stagecoach.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagecoach.bench.figures.CpuClock;
import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own producer performance tool: what writing alone costs. It reads no HTTP, looks at nothing and has no keys to spread over
 * partitions, so that its batches are larger than those of anybody who does.
 */
final class ProducerTool {

    static final String TITLE = "kafka-producer-perf-test";
    private static final String TOPIC = "bench.ceiling";
    private static final String TOOL = "org.apache.kafka.tools.ProducerPerformance";

    private static final long UNLIMITED = -1;

    /** As {@code kafka-run-class.sh} starts it. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx512M",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent");

    /** Of its last line. */
    private static final Pattern TOTAL = Pattern.compile(
            "(\\d+) records sent, ([\\d.]+) records/sec .*?(\\d+) ms 50th, \\d+ ms 95th, (\\d+) ms 99th, .*");

    private final Bed bed;
    private final TopicRecords topics;
    private final Path payload;

    ProducerTool(Bed bed, TopicRecords topics, Path payload) {
        this.bed = bed;
        this.topics = topics;
        this.payload = payload;
        topics.create(TOPIC);
    }

    /** How its producer gathers records: {@code batch.size} and {@code linger.ms}. */
    record Batching(int bytes, int lingerMillis) {

        /** Kafka's default, and what its users take when they want throughput. */
        static final List<Batching> USUAL = List.of(
                new Batching(16_384, 5), new Batching(65_536, 5), new Batching(131_072, 10), new Batching(262_144, 20));
    }

    /**
     * What it says.
     *
     * @param written by the offsets of its topic
     */
    record Said(
            Batching batching,
            long records,
            double recordsPerSecond,
            double p50Millis,
            double p99Millis,
            @Nullable Double cpuSeconds,
            @Nullable Double brokerCpuSeconds,
            @Nullable Double peakMemoryMb,
            long written) {}

    /**
     * The ceiling.
     *
     * @param full as fast as it can
     * @param half at half that speed
     * @param tried the trials that decided how records are gathered
     */
    record Ceiling(Said full, Said half, List<Said> tried) {

        /** Whether some records are not on the topic, or there are too many. */
        boolean isWrong() {
            return Stream.concat(Stream.of(full, half), tried.stream())
                    .anyMatch(said -> said.written() != said.records());
        }
    }

    /** Tries each way to gather with some records, and the best of them for so many seconds, at full and at half speed. */
    Ceiling measure(long trial, int seconds) {
        var tried = new ArrayList<Said>();
        for (var batching : Batching.USUAL) {
            tried.add(run(batching, trial, UNLIMITED));
        }
        var best = Collections.max(tried, Comparator.comparingDouble(Said::recordsPerSecond));
        var full = run(best.batching(), Math.max(trial, (long) (best.recordsPerSecond() * seconds)), UNLIMITED);
        long half = (long) (full.recordsPerSecond() / 2);
        return new Ceiling(full, run(best.batching(), half * seconds, half), tried);
    }

    private Said run(Batching batching, long records, long perSecond) {
        long before = topics.written(TOPIC);
        var broker = CpuClock.start(bed.platform().process(Part.KAFKA));
        var process = bed.java(JVM_OPTIONS, TOOL, arguments(batching, records, perSecond), "producer-tool");
        var meter = new ProcessMeter(process.toHandle());
        var total = lastTotal(process, meter);
        var brokerCpu = broker.seconds();
        bed.processes().remove(process.toHandle());
        long written = topics.written(TOPIC) - before;
        topics.delete(TOPIC);
        return new Said(
                batching,
                total.records(),
                total.recordsPerSecond(),
                total.p50Millis(),
                total.p99Millis(),
                meter.cpuSeconds(),
                brokerCpu,
                meter.peakMemoryMb(),
                written);
    }

    private List<String> arguments(Batching batching, long records, long perSecond) {
        return List.of(
                "--topic",
                TOPIC,
                "--num-records",
                Long.toString(records),
                "--payload-file",
                payload.toString(),
                "--throughput",
                Long.toString(perSecond),
                "--producer-props",
                "bootstrap.servers=" + bed.kafka(),
                "acks=all",
                "enable.idempotence=true",
                "compression.type=lz4",
                "batch.size=" + batching.bytes(),
                "linger.ms=" + batching.lingerMillis());
    }

    /** It prints a line every five seconds; each is an occasion to look at what it uses. */
    private Total lastTotal(Process process, ProcessMeter meter) {
        Optional<Total> last = Optional.empty();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                meter.look();
                var found = Total.in(line);
                last = found.isPresent() ? found : last;
            }
            return last.filter(total -> process.onExit().join().exitValue() == 0)
                    .orElseThrow(() -> new Complaint(
                            "Kafka's producer performance tool failed: see " + bed.log("producer-tool") + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its last line. */
    record Total(long records, double recordsPerSecond, double p50Millis, double p99Millis) {

        /** Empty for the lines that it prints on the way, which have no percentiles. */
        static Optional<Total> in(String line) {
            var found = TOTAL.matcher(line);
            return found.matches()
                    ? Optional.of(new Total(
                            Long.parseLong(found.group(1)),
                            Double.parseDouble(found.group(2)),
                            Double.parseDouble(found.group(3)),
                            Double.parseDouble(found.group(4))))
                    : Optional.empty();
        }
    }
}
