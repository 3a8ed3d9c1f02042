package dev.stagecoach.lifecycle.health;

import static dev.stagecoach.lifecycle.Fixtures.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.lifecycle.health.HealthTrend.Day;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTrendTest {
    private static final LocalDate TODAY = day(200);

    @Test
    void aDayWithoutAChangeHasTheScoreOfTheDayBefore() {
        // Given
        List<Day> changes = List.of(
                new Day(TODAY.minusDays(100), HealthLevel.HEALTHY, 9.0),
                new Day(TODAY.minusDays(40), HealthLevel.CONCERNING, 5.0),
                new Day(TODAY.minusDays(2), HealthLevel.POOR, 1.5));

        // When
        HealthTrend trend = HealthTrend.of(changes, TODAY);

        // Then
        assertThat(trend.days()).hasSize(90);
        assertThat(trend.days().get(0)).isEqualTo(new Day(TODAY.minusDays(89), HealthLevel.HEALTHY, 9.0));
        assertThat(trend.days().get(48).score()).isEqualTo(9.0);
        assertThat(trend.days().get(49)).isEqualTo(new Day(TODAY.minusDays(40), HealthLevel.CONCERNING, 5.0));
        assertThat(trend.days().get(89)).isEqualTo(new Day(TODAY, HealthLevel.POOR, 1.5));
        assertThat(trend.last30Days()).isEqualTo(-3.5);
        assertThat(trend.last90Days()).isEqualTo(-7.5);
    }

    @Test
    void beforeTheFirstScoreThereIsNoTrend() {
        // Given
        List<Day> changes = List.of(new Day(TODAY.minusDays(29), HealthLevel.HEALTHY, 9.0));

        // When
        HealthTrend trend = HealthTrend.of(changes, TODAY);

        // Then
        assertThat(trend.days()).hasSize(30).first().isEqualTo(changes.get(0));
        assertThat(trend.last30Days()).isNull();
        assertThat(trend.last90Days()).isNull();
        assertThat(HealthTrend.of(List.of(), TODAY).days()).isEmpty();
    }

    @Test
    void anUnknownScoreIsNotZero() {
        // Given
        List<Day> changes = List.of(
                new Day(TODAY.minusDays(50), HealthLevel.HEALTHY, 9.0), new Day(TODAY, HealthLevel.UNKNOWN, null));

        // When
        HealthTrend trend = HealthTrend.of(changes, TODAY);

        // Then
        assertThat(trend.last30Days()).isNull();
        assertThat(trend.days()).last().isEqualTo(new Day(TODAY, HealthLevel.UNKNOWN, null));
    }
}
