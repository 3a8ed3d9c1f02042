package dev.stagecoach.alerts.journey;

import static dev.stagecoach.alerts.journey.Deals.LIMITS;
import static dev.stagecoach.alerts.journey.Deals.TODAY;
import static dev.stagecoach.alerts.journey.Deals.closed;
import static dev.stagecoach.alerts.journey.Deals.expectedToClose;
import static dev.stagecoach.alerts.journey.Deals.extended;
import static dev.stagecoach.alerts.journey.Deals.withStageByHand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.StageByHand;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What time alone does (docs/rules.md, stages). */
class AheadTest {
    @Test
    void aDealInReachBecomesAProspect45DaysBeforeItsClose() {
        // Given
        AccountFacts deal = expectedToClose(TODAY.plusDays(55));

        // When
        List<Ahead> ahead = Ahead.of(deal, LIMITS, null, TODAY);

        // Then
        assertThat(ahead).extracting(Ahead::on, Ahead::to).containsExactly(tuple(TODAY.plusDays(10), Stage.PROSPECT));
    }

    @Test
    void onboardingEndsOnDay60ThenTheRenewalComesNearThenTheTermEnds() {
        // Given
        AccountFacts account = closed(LocalDate.of(2025, 3, 1), LocalDate.of(2026, 3, 1));

        // When
        List<Ahead> ahead = Ahead.of(account, LIMITS, Stage.ONBOARDING, TODAY);

        // Then
        assertThat(ahead)
                .extracting(Ahead::on, Ahead::to)
                .containsExactly(
                        tuple(LocalDate.of(2025, 4, 30), null),
                        tuple(LocalDate.of(2025, 11, 1), Stage.RENEWING),
                        tuple(LocalDate.of(2026, 3, 2), Stage.CHURNED));
    }

    @Test
    void aRenewalThatIsNearWhenOnboardingEndsWinsOverUsage() {
        // Given
        AccountFacts shortTerm = closed(LocalDate.of(2025, 3, 1), LocalDate.of(2025, 6, 1));

        // When
        List<Ahead> ahead = Ahead.of(shortTerm, LIMITS, Stage.ONBOARDING, TODAY);

        // Then
        assertThat(ahead)
                .extracting(Ahead::on, Ahead::to)
                .containsExactly(
                        tuple(LocalDate.of(2025, 4, 30), Stage.RENEWING),
                        tuple(LocalDate.of(2025, 6, 2), Stage.CHURNED));
    }

    @Test
    void anExtensionMovesTheEndAndSaysThatThePolicyMayNotAllowIt() {
        // Given
        AccountFacts account = extended(LocalDate.of(2024, 3, 20), LocalDate.of(2025, 3, 20), LocalDate.of(2025, 4, 9));

        // When
        List<Ahead> ahead = Ahead.of(account, LIMITS, Stage.RENEWING, TODAY);

        // Then
        assertThat(ahead).singleElement().satisfies(one -> {
            assertThat(one.on()).isEqualTo("2025-04-10");
            assertThat(one.what()).contains("unless it is renewed", "if the policy allows no such extension");
        });
    }

    @Test
    void nothingIsAheadOfAnAccountThatChurned() {
        // Given
        AccountFacts account = closed(LocalDate.of(2023, 1, 1), LocalDate.of(2024, 1, 1));

        // When
        List<Ahead> ahead = Ahead.of(account, LIMITS, Stage.CHURNED, TODAY);

        // Then
        assertThat(ahead).isEmpty();
    }

    @Test
    void whatNoDecisionCarriedIsNotGuessed() {
        // Given
        AccountFacts account = closed(LocalDate.of(2025, 3, 1), LocalDate.of(2026, 3, 1));

        // When
        List<Ahead> ahead = Ahead.of(account, Limits.UNKNOWN, Stage.ONBOARDING, TODAY);

        // Then
        assertThat(ahead).extracting(Ahead::to).containsExactly(Stage.CHURNED);
    }

    @Test
    void aStageSetByHandEndsOnItsDay() {
        // Given
        AccountFacts account = withStageByHand(
                closed(LocalDate.of(2024, 3, 20), LocalDate.of(2025, 12, 1)),
                new StageByHand(Stage.ADOPTING, LocalDate.of(2025, 3, 20), "a merger", "ana"));

        // When
        List<Ahead> ahead = Ahead.of(account, LIMITS, Stage.ADOPTING, TODAY);

        // Then
        assertThat(ahead.get(0).on()).isEqualTo("2025-03-21");
        assertThat(ahead.get(0).what()).contains("set by hand ends");
    }
}
