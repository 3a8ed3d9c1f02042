package dev.stagecoach.bench;

import dev.stagecoach.bench.figures.Median;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a contender did over all runs: the median of each figure, which need not all be of one run. What is unknown is null.
 *
 * @param eventsPerSecond from the start of its process until it had caught up
 * @param ofCeiling that, compared with reading alone
 * @param ofStreams that, compared with Kafka Streams with exactly-once processing
 * @param eventsPerSecondFromFirst from its first record until it had caught up
 * @param ofCeilingFromFirst that, compared with reading alone
 * @param ofStreamsFromFirst that, compared with Kafka Streams with exactly-once processing
 * @param cpuSecondsPerMillion processor time for a million events, its database included
 * @param brokerCpuSecondsPerMillion the same of the broker
 * @param databaseBytesPerEvent what the database wrote to its log
 * @param secondsToPublish from the start of its process until all that it decided was published
 */
record Standing(
        String contender,
        @Nullable Double eventsPerSecond,
        @Nullable Double ofCeiling,
        @Nullable Double ofStreams,
        @Nullable Double eventsPerSecondFromFirst,
        @Nullable Double ofCeilingFromFirst,
        @Nullable Double ofStreamsFromFirst,
        @Nullable Double cpuSecondsPerMillion,
        @Nullable Double brokerCpuSecondsPerMillion,
        @Nullable Double databaseBytesPerEvent,
        @Nullable Double peakMemoryMb,
        @Nullable Double secondsToPublish) {

    static Standing of(String contender, List<Run> runs, String ceiling, String streams) {
        var whole = median(runs, contender, Run::eventsPerSecond);
        var fromFirst = median(runs, contender, Run::eventsPerSecondFromFirst);
        return new Standing(
                contender,
                whole,
                ratio(whole, median(runs, ceiling, Run::eventsPerSecond)),
                ratio(whole, median(runs, streams, Run::eventsPerSecond)),
                fromFirst,
                ratio(fromFirst, median(runs, ceiling, Run::eventsPerSecondFromFirst)),
                ratio(fromFirst, median(runs, streams, Run::eventsPerSecondFromFirst)),
                median(runs, contender, Run::cpuSecondsPerMillion),
                median(runs, contender, Run::brokerCpuSecondsPerMillion),
                median(runs, contender, Run::databaseBytesPerEvent),
                median(runs, contender, Run::peakMemoryMb),
                median(runs, contender, Run::secondsToPublish));
    }

    private static @Nullable Double median(List<Run> runs, String contender, Function<Run, @Nullable Double> figure) {
        return Median.of(runs.stream()
                .filter(run -> run.contender().equals(contender))
                .map(figure)
                .toList());
    }

    private static @Nullable Double ratio(@Nullable Double a, @Nullable Double b) {
        return a == null || b == null ? null : a / b;
    }

    static String heading() {
        return "%-30s | %10s %7s %7s | %10s %7s %7s | %8s %8s %8s %8s"
                        .formatted(
                                "",
                                "events/s",
                                "of",
                                "of",
                                "events/s",
                                "of",
                                "of",
                                "CPU s/",
                                "broker",
                                "database",
                                "peak")
                + "\n%-30s | %10s %7s %7s | %10s %7s %7s | %8s %8s %8s %8s"
                        .formatted(
                                "",
                                "from start",
                                "ceiling",
                                "streams",
                                "from first",
                                "ceiling",
                                "streams",
                                "M events",
                                "CPU s/M",
                                "B/event",
                                "MB");
    }

    String line() {
        return "%-30s | %10s %7s %7s | %10s %7s %7s | %8s %8s %8s %8s"
                .formatted(
                        contender,
                        Report.number("%,.0f", eventsPerSecond),
                        Report.number("%.2f", ofCeiling),
                        Report.number("%.2f", ofStreams),
                        Report.number("%,.0f", eventsPerSecondFromFirst),
                        Report.number("%.2f", ofCeilingFromFirst),
                        Report.number("%.2f", ofStreamsFromFirst),
                        Report.number("%.1f", cpuSecondsPerMillion),
                        Report.number("%.1f", brokerCpuSecondsPerMillion),
                        databaseBytesPerEvent == null ? "" : "%.1f".formatted(databaseBytesPerEvent),
                        Report.number("%.0f", peakMemoryMb));
    }
}
