package dev.stagecoach.lifecycle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UserDaysTest {
    private static final long DAY = LocalDate.parse("2025-03-31").toEpochDay();

    @Test
    void knowsTheDaysThatItWasTold() {
        // When
        UserDays days = UserDays.first(DAY).with(DAY + 2);

        // Then
        assertThat(days.contains(DAY)).isTrue();
        assertThat(days.contains(DAY + 1)).isFalse();
        assertThat(days.contains(DAY + 2)).isTrue();
        assertThat(days.contains(DAY + 3)).isFalse();
        assertThat(days.lastDate()).isEqualTo(LocalDate.parse("2025-04-02"));
    }

    @Test
    void takesAnEarlierDayWithin64() {
        // When
        UserDays days = UserDays.first(DAY).with(DAY - 63);

        // Then
        assertThat(days.contains(DAY - 63)).isTrue();
        assertThat(days.contains(DAY)).isTrue();
        assertThat(days.isBeyond(DAY - 63)).isFalse();
        assertThat(days.isBeyond(DAY - 64)).isTrue();
    }

    @Test
    void theSameDayAgainChangesNothing() {
        // Given
        UserDays days = UserDays.first(DAY).with(DAY + 2);

        // When
        UserDays again = days.with(DAY).with(DAY + 2);

        // Then
        assertThat(again).isEqualTo(days);
    }

    @Test
    void forgetsWhatIs64DaysOld() {
        // When
        UserDays kept = UserDays.first(DAY).with(DAY + 63);
        UserDays forgotten = UserDays.first(DAY).with(DAY + 64);
        UserDays longGone = UserDays.first(DAY).with(DAY + 1_000);

        // Then
        assertThat(kept.contains(DAY)).isTrue();
        assertThat(forgotten.contains(DAY)).isFalse();
        assertThat(longGone).isEqualTo(UserDays.first(DAY + 1_000));
    }

    @Test
    void knowsWhetherThereIsADayInAMonth() {
        // When
        UserDays days = UserDays.first(DAY).with(LocalDate.parse("2025-02-01").toEpochDay());

        // Then
        assertThat(days.anyIn(YearMonth.parse("2025-01"))).isFalse();
        assertThat(days.anyIn(YearMonth.parse("2025-02"))).isTrue();
        assertThat(days.anyIn(YearMonth.parse("2025-03"))).isTrue();
        assertThat(days.anyIn(YearMonth.parse("2025-04"))).isFalse();
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1), new Random().longs(10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isASetOfTheLast64Days(long seed) {
        // Given
        Random random = new Random(seed);
        TreeSet<Long> model = new TreeSet<>();
        UserDays days = UserDays.first(DAY);
        model.add(DAY);

        for (int n = 0; n < 300; n++) {
            // When
            long day = days.lastDay() + random.nextInt(90) - 70;
            if (!days.isBeyond(day)) {
                days = days.with(day);
                model.add(day);
            }
            model.headSet(days.lastDay() - 63).clear();

            // Then
            for (long each = days.lastDay() - 70; each <= days.lastDay() + 2; each++) {
                assertThat(days.contains(each))
                        .as("day %d, seed %d", each, seed)
                        .isEqualTo(model.contains(each));
            }
        }
    }
}
