package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.CpuClock;
import dev.stagecoach.bench.figures.ProcessMeter;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.platform.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Kafka's own consumer performance tool on {@code usage.events}: what reading alone costs. It keeps nothing and looks at nothing, so
 * that nobody who does can be faster.
 */
final class ConsumerTool implements Contender {

    private static final String TOOL = "org.apache.kafka.tools.ConsumerPerformance";
    private static final int MESSAGES = 4;
    private static final int FETCH_MILLIS = 7;
    private static final int COLUMNS = 10;

    private final Bed bed;
    private final Input input;
    private final List<String> jvmOptions;

    ConsumerTool(Bed bed, Input input, List<String> jvmOptions) {
        this.bed = bed;
        this.input = input;
        this.jvmOptions = jvmOptions;
    }

    @Override
    public String title() {
        return "kafka-consumer-perf-test";
    }

    @Override
    public Run run(int number, Counts counts) {
        var broker = CpuClock.start(bed.platform().process(Part.KAFKA));
        var watch = new Stopwatch();
        var process = bed.java(
                jvmOptions,
                TOOL,
                List.of(
                        "--bootstrap-server",
                        bed.kafka(),
                        "--topic",
                        Topics.USAGE_EVENTS,
                        "--group",
                        "consumer-tool-" + number,
                        "--messages",
                        Integer.toString(input.shape().events()),
                        "--timeout",
                        "60000",
                        "--hide-header"),
                "consumer-tool");
        var meter = new ProcessMeter(process.toHandle());
        CaughtUp.await(title(), () -> {
            meter.look();
            return !process.isAlive();
        });
        double seconds = watch.seconds();
        bed.processes().remove(process.toHandle());
        var said = answer(process);
        return new Run(
                title(),
                Long.parseLong(said.get(MESSAGES).strip()),
                seconds,
                Double.parseDouble(said.get(FETCH_MILLIS).strip()) / 1000,
                meter.cpuSeconds(),
                null,
                broker.seconds(),
                meter.peakMemoryMb(),
                null,
                null);
    }

    /** Its last line. One line and a few numbers fit into a pipe, so that it can be read when the tool has ended. */
    private CSVRecord answer(Process process) {
        try (var lines = CSVParser.parse(process.getInputStream(), StandardCharsets.UTF_8, CSVFormat.DEFAULT)) {
            var table = lines.getRecords().stream()
                    .filter(line -> line.size() == COLUMNS)
                    .toList();
            if (process.exitValue() != 0 || table.isEmpty()) {
                throw new Complaint("Kafka's consumer performance tool failed: see " + bed.log("consumer-tool") + ".");
            }
            return table.get(table.size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
