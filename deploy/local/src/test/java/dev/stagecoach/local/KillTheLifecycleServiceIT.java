package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.Event;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * lifecycle-service is killed at ten points of the sample, or {@code -Dkills=} of them, in the middle of what it does, and started
 * again. Half of the points are on the first of a month, when most is decided. They follow from a seed, which is printed;
 * {@code -Dkill.seed=} repeats them.
 */
class KillTheLifecycleServiceIT {

    private static final int KILLS = Integer.getInteger("kills", 10);

    /** Long enough that accounts of all stages are among them. */
    private static final LocalDate LAST_DAY = LocalDate.parse(System.getProperty("kill.until", "2025-10-31"));

    @TempDir
    private Path directory;

    /** Days, and how far into each the kill comes, as a fraction of what the day before took. */
    private record Kills(TreeMap<LocalDate, Double> partOfDay) {

        static Kills of(long seed) {
            var random = new Random(seed);
            var kills = new TreeMap<LocalDate, Double>();
            int days = (int) (LAST_DAY.toEpochDay() - Portfolio.FIRST_DAY.toEpochDay());
            while (kills.size() < KILLS) {
                var day = Portfolio.FIRST_DAY.plusDays(1 + random.nextInt(days));
                kills.put(kills.size() < KILLS / 2 ? firstOfNextMonth(day) : day, random.nextDouble());
            }
            return new Kills(kills);
        }

        private static LocalDate firstOfNextMonth(LocalDate day) {
            var first = day.withDayOfMonth(1).plusMonths(1);
            return first.isAfter(LAST_DAY) ? day : first;
        }

        Optional<Duration> on(LocalDate day, long nanosOfDayBefore) {
            return Optional.ofNullable(partOfDay.get(day))
                    .map(part -> Duration.ofNanos((long) (part * nanosOfDayBefore)));
        }
    }

    @Test
    void killingItAnywhereChangesNoDecisionAndNoEffect() {
        // Given
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.println("kill.seed=" + seed);
        var kills = Kills.of(seed);
        var expected = Expectation.read().upTo(LAST_DAY).linesByAccount();

        try (var local = LocalStack.start(directory);
                var run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {})) {
            // When
            var killed = new AtomicInteger();
            var dayBegan = new AtomicLong(System.nanoTime());
            var restarting = new AtomicReference<>(CompletableFuture.<Void>completedFuture(null));
            run.play(Portfolio.FIRST_DAY, LAST_DAY, 0, day -> {
                restarting.get().join();
                long now = System.nanoTime();
                kills.on(day.plusDays(1), now - dayBegan.getAndSet(now)).ifPresent(delay -> {
                    killed.incrementAndGet();
                    restarting.set(CompletableFuture.runAsync(() -> killAndRestart(local.stack(), delay)));
                });
            });
            restarting.get().join();
            var summary = run.summary();

            // Then
            var repeated = run.journal().repeated();
            System.out.printf("%d kills; %d events were published again.%n", killed.get(), repeated.size());
            var softly = new SoftAssertions();
            softly.assertThat(killed).hasValue(KILLS);
            for (var account : summary.accounts()) {
                softly.assertThat(Expectation.linesOf(account))
                        .as(account.account())
                        .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(expected.get(account.account())));
            }
            softly.assertThat(run.mailProblems()).as("mails").isEmpty();
            softly.assertThat(repeated)
                    .as("repeated, with the same content")
                    .allSatisfy(again -> assertThat(run.journal().events())
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
