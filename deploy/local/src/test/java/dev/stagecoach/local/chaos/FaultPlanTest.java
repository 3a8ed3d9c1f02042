package dev.stagecoach.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final LocalDate FIRST = LocalDate.parse("2025-01-02");
    private static final LocalDate LAST = LocalDate.parse("2025-12-31");

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(FaultPlan.of(7, 50, 12, FIRST, LAST))
                .isEqualTo(FaultPlan.of(7, 50, 12, FIRST, LAST))
                .isNotEqualTo(FaultPlan.of(8, 50, 12, FIRST, LAST));
    }

    @Test
    void everythingFailsAsOftenAsEverythingElse() {
        // When
        var plan = FaultPlan.of(7, 120, 12, FIRST, LAST);

        // Then
        assertThat(IntStream.range(0, 12))
                .allSatisfy(target -> assertThat(plan.faults())
                        .filteredOn(fault -> fault.target() == target)
                        .hasSize(10));
        assertThat(plan.faults())
                .anyMatch(fault -> fault.kind() == Fault.Kind.KILL)
                .anyMatch(fault -> fault.kind() == Fault.Kind.FREEZE)
                .allMatch(fault -> fault.away().compareTo(Duration.ofSeconds(12)) <= 0)
                .allMatch(fault -> !fault.day().isBefore(FIRST) && !fault.day().isAfter(LAST))
                .anyMatch(fault -> fault.day().getDayOfMonth() == 1)
                .isSortedAccordingTo((one, other) -> one.day().compareTo(other.day()));
    }

    @Test
    void tellsTheFaultsOfADay() {
        // Given
        var plan = FaultPlan.of(7, 120, 12, FIRST, LAST);
        var day = plan.faults().get(3).day();

        // Then
        assertThat(plan.on(day))
                .contains(plan.faults().get(3))
                .allMatch(fault -> fault.day().equals(day));
        assertThat(plan.on(LAST.plusDays(1))).isEmpty();
    }
}
