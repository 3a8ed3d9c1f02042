package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.chaos.FaultPlan;
import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A quarter of the sample on three brokers and two replicas of each service, each of which is killed or frozen once, and PostgreSQL too: or
 * {@code -Dchaos.faults=} faults until {@code -Dchaos.until=}. They follow from a seed, which is printed; {@code -Dchaos.seed=} repeats them. What
 * lifecycle-service has left is then made anew from the topics.
 */
@DisabledIfSystemProperty(named = "platform", matches = "containers", disabledReason = "kills processes of ours")
class ChaosIT {

    private static final int FAULTS = Integer.getInteger("chaos.faults", 12);
    private static final LocalDate LAST_DAY = LocalDate.parse(System.getProperty("chaos.until", "2025-03-10"));

    @TempDir
    private static Path directory;

    private static LocalStack local;
    private static ChaosRun.Disturbed disturbed;

    @BeforeAll
    static void playWhileThingsFail() {
        long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
        System.out.println("chaos.seed=" + seed);
        local = LocalStack.start(directory, new Size(3, 2));
        var plan =
                FaultPlan.of(seed, FAULTS, Victim.of(local.stack()).size(), Portfolio.FIRST_DAY.plusDays(1), LAST_DAY);
        disturbed =
                new ChaosRun(LocalStack.wholeSample(), local.stack(), LAST_DAY, System.out::println).disturbed(plan);
    }

    @AfterAll
    static void stop() {
        if (local != null) {
            local.close();
        }
    }

    @Test
    void everythingThatCanFailHasFailed() {
        assertThat(disturbed.faults())
                .hasSize(Math.min(FAULTS, Victim.of(local.stack()).size()))
                .containsKeys("broker 1", "PostgreSQL", "usage-ingest-2", "outreach-service");
    }

    @Test
    void nothingIsLostAndNothingDoubled() {
        // Given
        var expected = Expectation.read().upTo(LAST_DAY).linesByAccount();
        var outcome = disturbed.outcome();

        // Then
        var softly = new SoftAssertions();
        for (var account : disturbed.summary().accounts()) {
            softly.assertThat(Expectation.linesOf(account))
                    .as(account.account())
                    .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(expected.get(account.account())));
        }
        softly.assertThat(outcome.mailProblems()).as("mails").isEmpty();
        softly.assertThat(outcome.mailsTwice()).as("mails received twice").isZero();
        softly.assertThat(outcome.publishedOtherwise())
                .as("published again with other content")
                .isZero();
        softly.assertThat(outcome.ledgerMissing()).as("missing in the ledger").isZero();
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
