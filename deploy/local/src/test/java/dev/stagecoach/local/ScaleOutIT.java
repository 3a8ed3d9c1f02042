package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Up to three replicas of lifecycle-service share the sample; they come, freeze, die and go. */
class ScaleOutIT {

    private static final LocalDate LAST_DAY = LocalDate.parse("2025-05-10");

    @TempDir
    private Path directory;

    @Test
    void replicasThatComeFreezeDieAndGoLoseNothingAndDoubleNothing() {
        // Given
        var expected = Expectation.read().linesByAccount();
        try (var local = LocalStack.start(directory);
                var second = new LifecycleReplica(local, "second");
                var third = new LifecycleReplica(local, "third");
                var run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {})) {
            List<Double> applied = new ArrayList<>();
            Map<LocalDate, Runnable> evenings = new HashMap<>();
            evenings.put(LocalDate.parse("2025-02-10"), second::start);
            evenings.put(LocalDate.parse("2025-02-24"), third::start);
            evenings.put(LocalDate.parse("2025-03-10"), () -> {
                applied.add(second.applied());
                second.kill();
            });
            evenings.put(LocalDate.parse("2025-03-24"), () -> {
                applied.add(third.applied());
                third.freeze();
            });
            evenings.put(LocalDate.parse("2025-04-01"), third::thaw);
            evenings.put(LocalDate.parse("2025-04-10"), second::start);
            evenings.put(LocalDate.parse("2025-04-20"), () -> {
                local.stack().kill(Service.LIFECYCLE);
                local.stack().start(Service.LIFECYCLE);
            });
            evenings.put(LocalDate.parse("2025-05-01"), () -> {
                applied.add(second.applied());
                applied.add(third.applied());
                third.stop();
            });

            // When
            run.play(
                    Portfolio.FIRST_DAY,
                    LAST_DAY,
                    0,
                    day -> evenings.getOrDefault(day, () -> {}).run());
            var summary = run.summary();

            // Then
            var softly = new SoftAssertions();
            softly.assertThat(applied)
                    .as("records that each replica had applied")
                    .hasSize(4)
                    .allMatch(records -> records > 0);
            for (var account : summary.accounts()) {
                softly.assertThat(Expectation.linesOf(account))
                        .as(account.account())
                        .containsExactlyInAnyOrderElementsOf(
                                upToLastDay(Objects.requireNonNull(expected.get(account.account()))));
            }
            softly.assertThat(run.mailProblems()).as("mails").isEmpty();
            softly.assertThat(run.journal().repeated())
                    .as("repeated, with the same content")
                    .allSatisfy(again -> assertThat(run.journal().events())
                            .anySatisfy(first -> assertThat(first).isEqualTo(again)));
            softly.assertAll();
        }
    }

    private static List<String> upToLastDay(List<String> lines) {
        return lines.stream()
                .filter(line ->
                        !LocalDate.parse(line.substring(0, line.indexOf(' '))).isAfter(LAST_DAY))
                .toList();
    }
}
