package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lifecycle-service knows is made anew from its topics, and is what it was. */
class RebuildIT {

    private static final int MONTHS = 6;

    @TempDir
    private Path directory;

    @Test
    void aRebuildOfHalfAYearGivesTheSameCountsStagesAndMetricsAndTellsNothingTwice() {
        try (var local = LocalStack.start(directory);
                var run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {})) {
            // Given
            run.play(Portfolio.FIRST_DAY, Portfolio.FIRST_DAY.plusMonths(MONTHS), 0, day -> {});
            List<String> told = new ArrayList<>();

            // When
            boolean same = new LifecycleRebuild(local.stack(), told::add).run();

            // Then
            told.forEach(System.out::println);
            assertThat(same).as(String.join("\n", told)).isTrue();
            assertThat(told).anySatisfy(line -> assertThat(line).matches("journey +[1-9][0-9]* rows, as before"));
        }
    }
}
