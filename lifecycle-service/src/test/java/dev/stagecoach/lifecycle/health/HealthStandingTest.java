package dev.stagecoach.lifecycle.health;

import static dev.stagecoach.lifecycle.Fixtures.Customer.customer;
import static dev.stagecoach.lifecycle.Fixtures.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Pulse;
import dev.stagecoach.events.Stage;
import dev.stagecoach.lifecycle.policy.HealthPolicy;
import dev.stagecoach.lifecycle.policy.MonthDefinition;
import dev.stagecoach.lifecycle.usage.Count;
import dev.stagecoach.lifecycle.usage.UsageFigures;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthStandingTest {
    private static final LocalDate TODAY = day(100);

    @Test
    void theFirstLevelSaysWhatItRestsOn() {
        // When
        HealthStanding standing =
                HealthStanding.NONE.assessed(assessed(40, Told.on(TODAY).defects(1)), TODAY);

        // Then 55 × 0 and 15 × 10
        assertThat(standing.level()).isEqualTo(HealthLevel.POOR);
        assertThat(standing.since()).isEqualTo(TODAY);
        assertThat(standing.changes()).isEqualTo(1);
        assertThat(standing.reasons())
                .containsExactly(
                        "MAU per seat is 40 % (poor: below 50 %), was unknown",
                        "defect tickets in 90 days is 1 (healthy: below 2), was unknown");
    }

    @Test
    void whatMadeItWorseComesFirst() {
        // Given
        HealthStanding healthy = HealthStanding.NONE.assessed(
                assessed(85, Told.on(TODAY).defects(5).contact(TODAY).champion(true)), TODAY);

        // When utilization falls, the champion leaves, and the defects are mended
        LocalDate later = TODAY.plusDays(31);
        HealthStanding poor = healthy.assessed(
                assessed(45, Told.on(later).defects(0).contact(later).champion(false)), later);

        // Then
        assertThat(healthy.level()).isEqualTo(HealthLevel.HEALTHY);
        assertThat(poor.level()).isEqualTo(HealthLevel.POOR);
        assertThat(poor.changes()).isEqualTo(2);
        assertThat(poor.reasons())
                .containsExactly(
                        "MAU per seat is 45 % (poor: below 50 %), was 85 % (healthy)",
                        "champion active is no (poor: no), was yes (healthy)",
                        "defect tickets in 90 days is 0 (healthy: below 2), was 5 (poor)");
    }

    @Test
    void aNewScoreOfTheSameLevelIsNoChangeAndIsKept() {
        // Given
        HealthStanding first = HealthStanding.NONE.assessed(assessed(45, Told.on(TODAY)), TODAY);

        // When
        Assessment second = assessed(45, Told.on(TODAY).pulse(Pulse.CONCERNING));
        HealthStanding after = first.assessed(second, TODAY.plusDays(1));

        // Then
        assertThat(after.changes()).isEqualTo(1);
        assertThat(after.since()).isEqualTo(TODAY);
        assertThat(after.latest()).isEqualTo(second);
        assertThat(after.asOf()).isEqualTo(TODAY.plusDays(1));
        assertThat(after.told()).isEqualTo(first.told());
    }

    @Test
    void reasonsCountFromTheLevelBeforeAndNotFromTheLastLook() {
        // Given healthy at 85 %, then concerning in small steps
        HealthStanding healthy =
                HealthStanding.NONE.assessed(assessed(85, Told.on(TODAY).champion(true)), TODAY);
        HealthStanding still = healthy.assessed(assessed(80, Told.on(TODAY).champion(true)), TODAY.plusDays(1));

        // When
        HealthStanding concerning = still.assessed(assessed(70, Told.on(TODAY).champion(true)), TODAY.plusDays(2));

        // Then 55 × 5 and 25 × 10, of 80
        assertThat(concerning.level()).isEqualTo(HealthLevel.CONCERNING);
        assertThat(concerning.reasons())
                .containsExactly(
                        "MAU per seat is 70 % (concerning: neither at least 80 % nor below 50 %), was 85 % (healthy)");
    }

    @Test
    void whoIsNoCustomerAnyMoreHasNoHealth() {
        // Given
        HealthStanding poor = HealthStanding.NONE.assessed(assessed(10, Told.on(TODAY)), TODAY);

        // When
        HealthStanding churned = poor.assessed(Assessment.NO_CUSTOMER, TODAY.plusDays(1));

        // Then
        assertThat(churned.level()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(churned.changes()).isEqualTo(2);
        assertThat(churned.reasons()).containsExactly("no customer any more: health is not computed");
        assertThat(HealthStanding.NONE.assessed(Assessment.NO_CUSTOMER, TODAY).changes())
                .isZero();
    }

    @Test
    void whatBecomesUnknownSaysWhy() {
        // Given
        LocalDate later = TODAY.plusDays(121);
        Told told = Told.on(TODAY).pulse(Pulse.POOR).champion(true);
        HealthStanding healthy = HealthStanding.NONE.assessed(assess(null, told, TODAY), TODAY);

        // When the rating is too old
        HealthStanding after = healthy.assessed(assess(null, told, later.plusDays(60)), later.plusDays(60));

        // Then
        assertThat(healthy.level()).isEqualTo(HealthLevel.HEALTHY);
        assertThat(after.level()).isEqualTo(HealthLevel.UNKNOWN);
        assertThat(after.reasons())
                .contains("champion active is unknown (told on " + TODAY
                        + ", more than 180 days ago), was yes (healthy)");
    }

    @Test
    void anotherEquationIsAReason() {
        // Given
        Told told = Told.on(TODAY).pulse(Pulse.POOR);
        HealthStanding healthy = HealthStanding.NONE.assessed(assessed(90, told), TODAY);
        HealthPolicy pulse = Equations.policy(
                List.of(), Equations.pulseOnly("pulse", null, Set.of(Stage.RENEWING)), Equations.STANDARD);

        // When
        HealthStanding renewing = healthy.assessed(
                HealthRules.assess(
                        pulse, customer().told(told.signals()).facts(), Stage.RENEWING, figures(90), List.of(), TODAY),
                TODAY);

        // Then
        assertThat(renewing.level()).isEqualTo(HealthLevel.POOR);
        assertThat(renewing.reasons()).containsExactly("equation pulse applies, was standard");
    }

    private static Assessment assessed(int percent, Told told) {
        return assess(percent, told, TODAY);
    }

    private static Assessment assess(Integer percent, Told told, LocalDate today) {
        return HealthRules.assess(
                Equations.HEALTH,
                customer().told(told.signals()).facts(),
                Stage.ADOPTING,
                figures(percent),
                List.of(),
                today);
    }

    private static UsageFigures figures(Integer percent) {
        return new UsageFigures(
                MonthDefinition.LAST_CLOSED_MONTH,
                null,
                null,
                percent == null ? new Count(null, "no ping") : new Count(percent, ""),
                new Count(100, ""),
                0,
                0,
                "no daily users",
                null,
                null);
    }
}
