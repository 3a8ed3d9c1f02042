package dev.stagecoach.alerts.journey;

import static dev.stagecoach.alerts.journey.Deals.LIMITS;
import static dev.stagecoach.alerts.journey.Deals.TODAY;
import static dev.stagecoach.alerts.journey.Deals.closed;
import static dev.stagecoach.alerts.journey.Deals.expectedToClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.Stage;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the next stage takes (docs/rules.md, stages). */
class NextStageTest {
    private static final AccountFacts ACCOUNT = closed(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 1, 1));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "188 | 250 | 75 % (188 of 250) | false | needs 12 more active users for 80 %",
                "199 | 250 | 79 % (199 of 250) | false | needs 1 more active user for 80 %",
                "200 | 250 | 80 % (200 of 250) | true  | ",
                "260 | 250 | 104 % (260 of 250) | true | ",
                "5   | 7   | 71 % (5 of 7) | false | needs 1 more active user for 80 %"
            })
    void utilizationIsShortOfWholePeople(int mau, int seats, String value, boolean met, String missing) {
        // Given
        Figures figures = new Figures(mau, seats, 30.0, (double) mau / seats, 30.0 / mau);

        // When
        Clause clause = NextStage.after(Stage.ADOPTING, Optional.of(ACCOUNT), figures, LIMITS, TODAY)
                .clauses()
                .get(0);

        // Then
        assertThat(clause.value()).isEqualTo(value);
        assertThat(clause.target()).isEqualTo("≥ 80 %");
        assertThat(clause.met()).isEqualTo(met);
        assertThat(clause.missing()).isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30.0  | 100 | 30 % (30.0 of 100) | true  | ",
                "25.96 | 100 | 25 % (25.9 of 100) | false | needs 4.1 more users on a mean day for 30 %"
            })
    void usageIsShortOfUsersOnAMeanDayRoundedUp(double daily, int mau, String value, boolean met, String missing) {
        // Given
        Figures figures = new Figures(mau, 250, daily, mau / 250.0, daily / mau);

        // When
        Clause clause = NextStage.after(Stage.ADOPTING, Optional.of(ACCOUNT), figures, LIMITS, TODAY)
                .clauses()
                .get(1);

        // Then
        assertThat(clause.value()).isEqualTo(value);
        assertThat(clause.met()).isEqualTo(met);
        assertThat(clause.missing()).isEqualTo(missing);
    }

    @Test
    void anUnknownIsNeitherMetNorMissedAndSaysWhy() {
        // When
        NextStage next = NextStage.after(Stage.ADOPTING, Optional.of(ACCOUNT), Figures.UNKNOWN, LIMITS, TODAY);

        // Then
        assertThat(next.name()).isEqualTo("Nurturing");
        assertThat(next.clauses()).hasSize(2).allSatisfy(clause -> {
            assertThat(clause.value()).isEqualTo("unknown");
            assertThat(clause.met()).isNull();
            assertThat(clause.missing()).startsWith("needs a known ");
        });
    }

    @Test
    void aTargetReadsAsThePolicyHasIt() {
        // Given
        Limits limits =
                new Limits(Optional.of(45), Optional.of(60), Optional.of(120), Optional.of(0.825), Optional.of(0.3));

        // When
        Clause clause = NextStage.after(
                        Stage.ADOPTING, Optional.of(ACCOUNT), new Figures(80, 100, 40.0, 0.8, 0.5), limits, TODAY)
                .clauses()
                .get(0);

        // Then
        assertThat(clause.target()).isEqualTo("≥ 82.5 %");
        assertThat(clause.missing()).isEqualTo("needs 3 more active users for 82.5 %");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2025-01-13 | day 60 | true  | ",
                "2025-01-14 | day 59 | false | needs 1 more day, until 15 Mar 2025"
            })
    void onboardingIsOverOnDay60(LocalDate closedOn, String value, boolean met, String missing) {
        // When
        NextStage next = NextStage.after(
                Stage.ONBOARDING, Optional.of(closed(closedOn, closedOn.plusYears(1))), Figures.UNKNOWN, LIMITS, TODAY);

        // Then
        assertThat(next.name()).isEqualTo("Nurturing or Adopting");
        Clause day = next.clauses().get(0);
        assertThat(day.value()).isEqualTo(value);
        assertThat(day.met()).isEqualTo(met);
        assertThat(day.missing()).isEqualTo(missing);
    }

    @Test
    void afterOnboardingComesRenewingWhereTheRenewalIsNearByThen() {
        // Given
        AccountFacts shortTerm = closed(TODAY.minusDays(10), TODAY.plusDays(170));
        AccountFacts longer = closed(TODAY.minusDays(10), TODAY.plusDays(171));

        // When
        NextStage next = NextStage.after(Stage.ONBOARDING, Optional.of(shortTerm), Figures.UNKNOWN, LIMITS, TODAY);

        // Then
        assertThat(next.name()).isEqualTo("Renewing");
        assertThat(NextStage.after(Stage.ONBOARDING, Optional.of(longer), Figures.UNKNOWN, LIMITS, TODAY)
                        .name())
                .isEqualTo("Nurturing or Adopting");
    }

    @Test
    void aRenewalIsNearAt120Days() {
        // When
        Clause far = renewal(TODAY.plusDays(121));
        Clause near = renewal(TODAY.plusDays(120));

        // Then
        assertThat(far.missing()).isEqualTo("needs 1 more day, until 15 Mar 2025");
        assertThat(near.met()).isTrue();
    }

    private static Clause renewal(LocalDate renewsOn) {
        AccountFacts account = closed(LocalDate.of(2024, 1, 1), renewsOn);
        return NextStage.after(Stage.NURTURING, Optional.of(account), Figures.UNKNOWN, LIMITS, TODAY)
                .clauses()
                .get(0);
    }

    @Test
    void aDealIsAProspectFrom45DaysBeforeItsClose() {
        // When
        Clause close = NextStage.after(
                        null, Optional.of(expectedToClose(TODAY.plusDays(46))), Figures.UNKNOWN, LIMITS, TODAY)
                .clauses()
                .get(0);

        // Then
        assertThat(close.value()).isEqualTo("in 46 days");
        assertThat(close.target()).isEqualTo("at most 45 days away");
        assertThat(close.missing()).isEqualTo("needs 1 more day");
    }

    @Test
    void anAccountThatChurnedNeedsANewContract() {
        // When
        Clause contract = NextStage.after(Stage.CHURNED, Optional.of(ACCOUNT), Figures.UNKNOWN, LIMITS, TODAY)
                .clauses()
                .get(0);

        // Then
        assertThat(contract.met()).isFalse();
        assertThat(contract.missing()).isEqualTo("needs a new contract, closed after the churn");
    }
}
