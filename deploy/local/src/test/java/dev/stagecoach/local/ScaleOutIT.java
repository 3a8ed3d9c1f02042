package dev.stagecoach.local;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Up to three replicas of lifecycle-service and two of outreach-service share half a year of the sample; they come, freeze, die and
 * go. What those of lifecycle-service have left is then made anew from the topics.
 */
class ScaleOutIT {

    private static final LocalDate LAST_DAY = LocalDate.parse("2025-06-30");

    @TempDir
    private static Path directory;

    /** How many records each replica had applied, each time before something was done to it. */
    private static final List<Double> APPLIED = new ArrayList<>();

    private static LocalStack local;
    private static Replica second;
    private static Replica third;
    private static Replica secondSender;
    private static SampleRun run;
    private static Summary summary;

    @BeforeAll
    static void playHalfAYear() {
        local = LocalStack.start(directory);
        second = new Replica(local, Service.LIFECYCLE, "second");
        third = new Replica(local, Service.LIFECYCLE, "third");
        secondSender = new Replica(local, Service.OUTREACH, "second-sender");
        run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {});
        var evenings = Map.<LocalDate, Runnable>ofEntries(
                entry(LocalDate.parse("2025-02-10"), second::start),
                entry(LocalDate.parse("2025-02-17"), secondSender::start),
                entry(LocalDate.parse("2025-02-24"), third::start),
                entry(LocalDate.parse("2025-03-03"), () -> local.stack().kill(Service.OUTREACH)),
                entry(LocalDate.parse("2025-03-05"), () -> local.stack().start(Service.OUTREACH)),
                entry(LocalDate.parse("2025-03-10"), () -> killAfterItsPart(second)),
                entry(LocalDate.parse("2025-03-17"), secondSender::freeze),
                entry(LocalDate.parse("2025-03-24"), () -> freezeAfterItsPart(third)),
                entry(LocalDate.parse("2025-04-01"), third::thaw),
                entry(LocalDate.parse("2025-04-03"), secondSender::thaw),
                entry(LocalDate.parse("2025-04-10"), second::start),
                entry(LocalDate.parse("2025-04-20"), () -> {
                    local.stack().kill(Service.LIFECYCLE);
                    local.stack().start(Service.LIFECYCLE);
                }),
                entry(LocalDate.parse("2025-05-01"), () -> stopAfterItsPart(third)),
                entry(LocalDate.parse("2025-05-12"), () -> stopAfterItsPart(secondSender)),
                entry(LocalDate.parse("2025-06-10"), () -> stopAfterItsPart(second)));
        run.play(
                Portfolio.FIRST_DAY,
                LAST_DAY,
                0,
                day -> evenings.getOrDefault(day, () -> {}).run());
        summary = run.summary();
    }

    private static void killAfterItsPart(Replica replica) {
        APPLIED.add(replica.applied());
        replica.kill();
    }

    private static void freezeAfterItsPart(Replica replica) {
        APPLIED.add(replica.applied());
        replica.freeze();
    }

    private static void stopAfterItsPart(Replica replica) {
        APPLIED.add(replica.applied());
        replica.stop();
    }

    @AfterAll
    static void stop() {
        if (run != null) {
            run.close();
            secondSender.close();
            third.close();
            second.close();
        }
        if (local != null) {
            local.close();
        }
    }

    @Test
    void eachReplicaHadAPart() {
        assertThat(APPLIED).hasSize(5).allMatch(records -> records > 0);
    }

    @Test
    void nothingIsLostAndNothingDoubled() {
        // Given
        var expected = Expectation.read().upTo(LAST_DAY).linesByAccount();

        // Then
        var softly = new SoftAssertions();
        for (var account : summary.accounts()) {
            softly.assertThat(Expectation.linesOf(account))
                    .as(account.account())
                    .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(expected.get(account.account())));
        }
        softly.assertThat(run.mailProblems()).as("mails").isEmpty();
        softly.assertThat(run.journal().repeated())
                .as("repeated, with the same content")
                .allSatisfy(again -> assertThat(run.journal().events())
                        .anySatisfy(first -> assertThat(first).isEqualTo(again)));
        softly.assertAll();
    }

    @Test
    void aRebuildGivesTheSameCountsStagesAndMetricsAndTellsNothingTwice() {
        // Given
        List<String> told = new ArrayList<>();

        // When
        boolean same = new LifecycleRebuild(local.stack(), told::add).run();

        // Then
        told.forEach(System.out::println);
        assertThat(same).as(String.join("\n", told)).isTrue();
        assertThat(told).anySatisfy(line -> assertThat(line).matches("journey +[1-9][0-9]* rows, as before"));
    }
}
