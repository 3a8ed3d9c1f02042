package dev.stagecoach.bench;

import static dev.stagecoach.bench.Report.number;

import dev.stagecoach.bench.figures.Median;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of the result: the medians of the runs of one contender. What is unknown is null.
 *
 * @param ofCeiling events a second to those of Kafka's tool
 * @param cpu seconds for a million events at full load; of Kafka's tool, its own stand under generator
 * @param generatorCores how much of one core the generator used at full load: near 1, it may be what is measured
 * @param heapAfterGcMb the most after any collection
 */
record IngestStanding(
        String contender,
        @Nullable Double eventsPerSecond,
        @Nullable Double ofCeiling,
        @Nullable Double p50Millis,
        @Nullable Double p99Millis,
        @Nullable Double halfEventsPerSecond,
        @Nullable Double halfP50Millis,
        @Nullable Double halfP99Millis,
        IngestLoad.Effort cpu,
        @Nullable Double generatorCores,
        @Nullable Double heapAfterGcMb,
        @Nullable Double peakMemoryMb,
        long refusals) {

    /** Of the runs with so many events a request. */
    static IngestStanding of(int eventsPerRequest, List<IngestLoad.Run> runs, @Nullable Double ceiling) {
        var mine = runs.stream()
                .filter(run -> run.eventsPerRequest() == eventsPerRequest)
                .toList();
        var rate = median(mine, run -> run.full().tally().eventsPerSecond());
        return new IngestStanding(
                "usage-ingest, %,d event%s a request, %,d connections"
                        .formatted(
                                eventsPerRequest,
                                eventsPerRequest == 1 ? "" : "s",
                                mine.get(0).connections()),
                rate,
                rate == null || ceiling == null ? null : rate / ceiling,
                median(mine, run -> run.full().tally().p50Millis()),
                median(mine, run -> run.full().tally().p99Millis()),
                median(mine, run -> run.half().tally().eventsPerSecond()),
                median(mine, run -> run.half().tally().p50Millis()),
                median(mine, run -> run.half().tally().p99Millis()),
                new IngestLoad.Effort(
                        median(mine, run -> perMillion(run.full()).service()),
                        median(mine, run -> perMillion(run.full()).broker()),
                        median(mine, run -> perMillion(run.full()).generator())),
                median(mine, run -> generatorCores(run.full())),
                median(mine, run -> run.gc().heapAfterMb()),
                median(mine, IngestLoad.Run::peakMemoryMb),
                mine.stream()
                        .mapToLong(run -> run.full().tally().refusals()
                                + run.half().tally().refusals())
                        .sum());
    }

    /** Of Kafka's tool. */
    static IngestStanding of(List<ProducerTool.Ceiling> ceilings) {
        var rate = median(ceilings, ceiling -> ceiling.full().recordsPerSecond());
        return new IngestStanding(
                ProducerTool.TITLE,
                rate,
                1.0,
                median(ceilings, ceiling -> ceiling.full().p50Millis()),
                median(ceilings, ceiling -> ceiling.full().p99Millis()),
                median(ceilings, ceiling -> ceiling.half().recordsPerSecond()),
                median(ceilings, ceiling -> ceiling.half().p50Millis()),
                median(ceilings, ceiling -> ceiling.half().p99Millis()),
                new IngestLoad.Effort(
                        null,
                        median(ceilings, ceiling -> perMillion(ceiling.full()).broker()),
                        median(ceilings, ceiling -> perMillion(ceiling.full()).generator())),
                null,
                null,
                median(ceilings, ceiling -> ceiling.full().peakMemoryMb()),
                0);
    }

    private static IngestLoad.Effort perMillion(IngestLoad.Measured measured) {
        return measured.cpuSeconds().perMillion(measured.tally().acknowledged());
    }

    private static IngestLoad.Effort perMillion(ProducerTool.Said said) {
        return new IngestLoad.Effort(null, said.brokerCpuSeconds(), said.cpuSeconds()).perMillion(said.records());
    }

    private static @Nullable Double generatorCores(IngestLoad.Measured measured) {
        var seconds = measured.cpuSeconds().generator();
        return seconds == null ? null : seconds / measured.tally().seconds();
    }

    private static <T> @Nullable Double median(List<T> runs, Function<T, @Nullable Double> figure) {
        return Median.of(runs.stream().map(figure).toList());
    }

    static String heading() {
        return "| | events/s | of ceiling | p50 ms | p99 ms | half load, events/s | p50 ms | p99 ms | CPU s per million: service | broker | generator"
                + " | heap after GC, MB | peak MB |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|";
    }

    String line() {
        return "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        contender,
                        number("%,.0f", eventsPerSecond),
                        number("%.2f", ofCeiling),
                        number("%.1f", p50Millis),
                        number("%.1f", p99Millis),
                        number("%,.0f", halfEventsPerSecond),
                        number("%.1f", halfP50Millis),
                        number("%.1f", halfP99Millis),
                        number("%.1f", cpu.service()),
                        number("%.1f", cpu.broker()),
                        number("%.1f", cpu.generator()),
                        number("%,.0f", heapAfterGcMb),
                        number("%,.0f", peakMemoryMb));
    }
}
