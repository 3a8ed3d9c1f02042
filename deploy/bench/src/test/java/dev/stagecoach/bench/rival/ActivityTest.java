package dev.stagecoach.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class ActivityTest {

    private static final int FIRST = 20_000;
    private static final int DAYS = 64;

    @RepeatedTest(value = 50, name = "seed {currentRepetition}")
    void itKnowsTheDaysOfASpanAsASetOfDaysDoes(RepetitionInfo repetition) {
        // Given
        var chance = new SplittableRandom(repetition.getCurrentRepetition());
        var activity = Activity.none();
        Set<Integer> days = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            // When
            int day = FIRST + chance.nextInt(DAYS);
            boolean isNew = activity.add(day);
            activity = Activity.of(activity.bytes());

            // Then
            assertThat(isNew).isEqualTo(days.add(day));
            int from = FIRST + chance.nextInt(-20, DAYS);
            int to = from + chance.nextInt(40);
            assertThat(activity.daysWithin(from, to)).isEqualTo((int)
                    days.stream().filter(of -> of >= from && of <= to).count());
        }
    }
}
