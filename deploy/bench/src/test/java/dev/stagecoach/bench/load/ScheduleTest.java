package dev.stagecoach.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long START = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(5);

    @Test
    void requestsAreDueEvenlyHoweverLateTheyAreTaken() {
        // Given
        var schedule = new Schedule(START, 100, 0.03);

        // When
        var due = new ArrayList<Long>();
        while (schedule.isDue(after(1_000))) {
            due.add(schedule.take());
        }

        // Then
        assertThat(due).containsExactly(START, after(10), after(20));
        assertThat(schedule.isOver()).isTrue();
    }

    @Test
    void noneIsDueBeforeItsTime() {
        // Given
        var schedule = new Schedule(START, 100, 1);

        // When
        schedule.take();

        // Then
        assertThat(schedule.isDue(after(9))).isFalse();
        assertThat(schedule.isDue(after(10))).isTrue();
    }

    @Test
    void slowLoadHasOneRequestAtLeast() {
        // Given
        var schedule = new Schedule(START, 0.1, 1);

        // Then
        assertThat(schedule.isDue(START)).isTrue();
        schedule.take();
        assertThat(schedule.isOver()).isTrue();
    }

    private static long after(long millis) {
        return START + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
