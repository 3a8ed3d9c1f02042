package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Event;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * lifecycle-service is killed at twenty points of the sample, in the middle of what it does, and started again. The points follow
 * from a seed, which is printed; {@code -Dkill.seed=} repeats a run.
 */
class KillTheLifecycleServiceIT {

    private static final int KILLS = 20;
    /** A day of the sample takes about this long; a kill comes somewhere in it. */
    private static final int MOST_MILLIS_INTO_DAY = 120;

    @TempDir
    private Path directory;

    /** A day, and how far into it, in milliseconds. */
    private record Kills(TreeMap<LocalDate, Integer> millisIntoDay) {

        static Kills of(long seed) {
            var random = new Random(seed);
            var kills = new TreeMap<LocalDate, Integer>();
            int days = (int) (Portfolio.LAST_DAY.toEpochDay() - Portfolio.FIRST_DAY.toEpochDay());
            while (kills.size() < KILLS) {
                kills.put(
                        Portfolio.FIRST_DAY.plusDays(1 + random.nextInt(days)), random.nextInt(MOST_MILLIS_INTO_DAY));
            }
            return new Kills(kills);
        }

        Optional<Duration> on(LocalDate day) {
            return Optional.ofNullable(millisIntoDay.get(day)).map(Duration::ofMillis);
        }
    }

    @Test
    void killingItAnywhereChangesNoDecisionAndNoEffect() {
        // Given
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.println("kill.seed=" + seed);
        var kills = Kills.of(seed);
        var expected = Expectation.read().linesByAccount();

        try (var local = LocalStack.start(directory);
                var run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {})) {
            // When
            var restarting = new AtomicReference<>(CompletableFuture.<Void>completedFuture(null));
            run.play(Portfolio.FIRST_DAY, Portfolio.LAST_DAY, 0, day -> {
                restarting.get().join();
                kills.on(day.plusDays(1)).ifPresent(delay -> restarting.set(
                        CompletableFuture.runAsync(() -> killAndRestart(local.stack(), delay))));
            });
            restarting.get().join();
            var summary = run.summary();

            // Then
            var repeated = run.journal().repeated();
            System.out.printf(
                    "%d kills; %d events were published again, each with its id.%n", KILLS, repeated.size());
            var softly = new SoftAssertions();
            for (var account : summary.accounts()) {
                softly.assertThat(Expectation.linesOf(account))
                        .as(account.account())
                        .containsExactlyInAnyOrderElementsOf(
                                Objects.requireNonNull(expected.get(account.account())));
            }
            softly.assertThat(run.mailProblems()).as("mails").isEmpty();
            softly.assertThat(repeated).as("repeated, with the same content").allSatisfy(again -> assertThat(
                            run.journal().events())
                    .anySatisfy(first -> assertThat(first).isEqualTo(again)));
            softly.assertThat(repeated.stream().map(Event::source).distinct())
                    .as("who repeats itself")
                    .isSubsetOf("/lifecycle-service");
            softly.assertAll();
        }
    }

    private static void killAndRestart(Stack stack, Duration delay) {
        LockSupport.parkNanos(delay.toNanos());
        stack.kill(Service.LIFECYCLE);
        stack.start(Service.LIFECYCLE);
    }
}
