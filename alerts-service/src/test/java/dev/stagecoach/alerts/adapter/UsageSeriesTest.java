package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.alerts.journey.Figures;
import dev.stagecoach.alerts.journey.Journey.Entered;
import dev.stagecoach.alerts.journey.Limits;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.UsageRecap.DayUsers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageSeriesTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);

    @Test
    void aSummaryHoldsUntilTheNextOneAndAnUnknownIsAGap() {
        // When
        UsageSeries series = series(
                List.of(summary(0, 40), summary(2, null), summary(3, 50)), List.of(), List.of(), FIRST.plusDays(4));

        // Then
        assertThat(series.days())
                .containsExactly(
                        second(FIRST),
                        second(FIRST) + 86_400,
                        second(FIRST) + 2 * 86_400,
                        second(FIRST) + 3 * 86_400,
                        second(FIRST) + 4 * 86_400);
        assertThat(series.monthly()).isEqualTo(Arrays.asList(40, 40, null, 50, 50));
    }

    @Test
    void theLastSummaryBeforeTheFirstDayHoldsOnIt() {
        // When
        UsageSeries series = series(List.of(summary(-20, 40)), List.of(), List.of(), FIRST.plusDays(1));

        // Then
        assertThat(series.monthly()).containsExactly(40, 40);
    }

    @Test
    void dailyUsersAreThoseOfRecapsAndADayWithoutAnyIsAGapAndNoZero() {
        // Given
        var march = new JdbcUsage.Month(
                YearMonth.of(2025, 3),
                3,
                1.5,
                null,
                List.of(),
                List.of(new DayUsers(FIRST, 3), new DayUsers(FIRST.plusDays(2), 0)));

        // When
        UsageSeries series = series(List.of(), List.of(march), List.of(), FIRST.plusDays(3));

        // Then
        assertThat(series.daily()).isEqualTo(Arrays.asList(3, null, 0, null));
        assertThat(series.monthly()).containsOnlyNulls();
    }

    @Test
    void aStageLastsUntilTheNextOneAndBetweenTwoThereMayBeNone() {
        // When
        UsageSeries series = series(
                List.of(),
                List.of(),
                List.of(entered(Stage.PROSPECT, 0), entered(null, 1), entered(Stage.ONBOARDING, 3)),
                FIRST.plusDays(5));

        // Then
        assertThat(series.stages())
                .containsExactly(
                        new UsageSeries.Band("Prospect", second(FIRST), second(FIRST.plusDays(1))),
                        new UsageSeries.Band("Onboarding", second(FIRST.plusDays(3)), null));
    }

    @Test
    void anAccountWithoutUsageHasNoDays() {
        // When
        UsageSeries series = series(List.of(), List.of(), List.of(), FIRST.plusDays(5));

        // Then
        assertThat(series.days()).isEmpty();
    }

    private static UsageSeries series(
            List<JdbcUsage.Day> summaries, List<JdbcUsage.Month> months, List<Entered> stages, LocalDate upTo) {
        return UsageSeries.of(summaries, months, stages, Limits.UNKNOWN, FIRST, upTo);
    }

    private static JdbcUsage.Day summary(int day, @Nullable Integer mau) {
        LocalDate on = FIRST.plusDays(day);
        return new JdbcUsage.Day(
                on,
                on.atStartOfDay(ZoneOffset.UTC).toInstant(),
                YearMonth.of(2025, 2),
                new Figures(mau, 100, null, null, null),
                null);
    }

    private static Entered entered(@Nullable Stage stage, int day) {
        return new Entered(stage, Instant.ofEpochSecond(second(FIRST.plusDays(day))), "entry-" + day);
    }

    private static long second(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
