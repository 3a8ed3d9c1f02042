package dev.stagecoach.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.bench.figures.GcLog;
import dev.stagecoach.bench.figures.JavaMemory;
import dev.stagecoach.bench.load.Tally;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is calculated from what was measured. */
class IngestFiguresTest {

    @Test
    void aRowHasTheMediansOfItsRunsAndTheRatioToTheCeiling() {
        // Given
        var runs = List.of(run(1, 100, 10_000), run(2, 100, 30_000), run(3, 100, 20_000), run(1, 1, 99_999));

        // When
        var row = IngestStanding.of(100, runs, 40_000.0);

        // Then
        assertThat(row.contender()).isEqualTo("usage-ingest, 100 events a request, 32 connections");
        assertThat(row.eventsPerSecond()).isEqualTo(20_000);
        assertThat(row.ofCeiling()).isEqualTo(0.5);
        // 3 s of the service for 600,000 events in the run in the middle.
        assertThat(row.cpu().service()).isEqualTo(5.0);
        assertThat(row.generatorCores()).isEqualTo(0.05);
    }

    @Test
    void withoutACeilingThereIsNoRatio() {
        assertThat(IngestStanding.of(100, List.of(run(1, 100, 10_000)), null).ofCeiling())
                .isNull();
    }

    @Test
    void whatIsUnknownStaysUnknown() {
        // Given
        var now = new IngestLoad.Effort(null, 7.0, 5.0);
        var before = new IngestLoad.Effort(1.0, 4.0, 3.0);

        // When
        var effort = now.minus(before).perMillion(2_000_000);

        // Then
        assertThat(effort).isEqualTo(new IngestLoad.Effort(null, 1.5, 1.0));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 0, false",
        "1000, 999, 0, true",
        "1000, 1001, 0, true",
        "1000, 1100, 100, false",
        "1000, 1101, 100, true",
        "1000, 999, 100, true"
    })
    void aRunIsWrongWhenTheTopicHoldsAnythingElse(long acknowledged, long written, long mayBeMore, boolean wrong) {
        // Given
        var some = run(1, 100, 10);

        // When
        var run = new IngestLoad.Run(
                1,
                100,
                32,
                some.warmUp(),
                some.full(),
                some.half(),
                acknowledged,
                written,
                mayBeMore,
                some.gc(),
                some.memoryAtEnd(),
                null);

        // Then
        assertThat(run.isWrong()).isEqualTo(wrong);
    }

    @Test
    void kafkasToolIsUnderstoodByItsLastLine() {
        // Given
        var onTheWay =
                "1284337 records sent, 256867.4 records/sec (66.63 MB/sec), 105.1 ms avg latency, 404.0 ms max latency.";
        var last =
                "5000000 records sent, 301423.9 records/sec (78.19 MB/sec), 92.81 ms avg latency, 404.00 ms max latency, 88 ms 50th, 190 ms 95th, 311 ms 99th, 398 ms 99.9th.";

        // Then
        assertThat(ProducerTool.Total.in(onTheWay)).isEmpty();
        assertThat(ProducerTool.Total.in(last)).hasValue(new ProducerTool.Total(5_000_000, 301_423.9, 88, 311));
    }

    @Test
    void theCeilingIsWrongWhenOneOfItsTrialsIs() {
        // Given
        var good = said(10, 10);

        // Then
        assertThat(new ProducerTool.Ceiling(good, good, List.of(good)).isWrong())
                .isFalse();
        assertThat(new ProducerTool.Ceiling(good, good, List.of(good, said(10, 9))).isWrong())
                .isTrue();
        assertThat(new ProducerTool.Ceiling(good, said(10, 11), List.of(good)).isWrong())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"profile.jfr, profile-100.jfr", "profile, profile-100", "a.b.jfr, a.b-100.jfr"})
    void aProfileSaysHowManyEventsARequestHad(String given, String expected) {
        assertThat(IngestLoad.profileOf(Path.of("some", given), 100)).isEqualTo(Path.of("some", expected));
    }

    private static ProducerTool.Said said(long records, long written) {
        return new ProducerTool.Said(
                new ProducerTool.Batching(16_384, 5), records, 1.0, 1, 1, null, null, null, written);
    }

    private static IngestLoad.Run run(int number, int eventsPerRequest, long perSecond) {
        var tally = new Tally(30, 1, 30 * perSecond, 30 * perSecond, Map.of(), 1, 2, 3);
        var measured = new IngestLoad.Measured(tally, new IngestLoad.Effort(3.0, 0.6, 1.5));
        return new IngestLoad.Run(
                number,
                eventsPerRequest,
                32,
                tally,
                measured,
                measured,
                90 * perSecond,
                90 * perSecond,
                0,
                new GcLog.Most(40.0, 3.0),
                new JavaMemory(20.0, 200.0),
                210.0);
    }
}
