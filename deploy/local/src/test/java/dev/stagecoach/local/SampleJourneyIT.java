package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.sample.Portfolio;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fourteen months of the sample through the real thing, against what was worked out by hand. */
class SampleJourneyIT {

    @TempDir
    private static Path directory;

    private static LocalStack local;
    private static SampleRun run;
    private static Summary summary;

    @BeforeAll
    static void playTheSample() {
        local = LocalStack.start(directory);
        run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {});
        run.play(Portfolio.FIRST_DAY, Portfolio.LAST_DAY, 0, day -> {});
        summary = run.summary();
    }

    @AfterAll
    static void stop() {
        if (run != null) {
            run.close();
        }
        if (local != null) {
            local.close();
        }
    }

    @Test
    void everyAccountHasTheStagesMailsAndAlertsThatTheRulesDemand() {
        // Given
        var expected = Expectation.read().linesByAccount();

        // Then
        assertThat(summary.accounts().stream().map(Summary.AccountSummary::account))
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        var softly = new SoftAssertions();
        for (var account : summary.accounts()) {
            softly.assertThat(Expectation.linesOf(account))
                    .as(account.account())
                    .containsExactlyInAnyOrderElementsOf(expected.get(account.account()));
        }
        softly.assertAll();
    }

    @Test
    void everyMailThatCountsAsSentArrivedOnce() {
        assertThat(run.mailProblems()).isEmpty();
    }

    @Test
    void everyMailWentToTheContactItWasFor() {
        // Given
        var companies = LocalStack.wholeSample().companies();

        // When
        var mails = local.stack().platform().mailbox().received();

        // Then
        assertThat(mails).isNotEmpty().allSatisfy(mail -> {
            var account = mail.header("X-Stagecoach-Account").orElseThrow();
            var company = companies.stream()
                    .filter(candidate -> candidate.id().equals(account))
                    .findFirst()
                    .orElseThrow();
            assertThat(mail.recipients()).hasSize(1);
            assertThat(company.contactByAddress(mail.recipients().get(0))).isPresent();
            assertThat(mail.header("X-Stagecoach-Campaign")).isPresent();
            assertThat(mail.header("X-Stagecoach-Occurrence")).isPresent();
        });
    }

    @Test
    void nothingWasDecidedTwice() {
        assertThat(run.journal().repeated()).isEqualTo(List.of());
    }
}
