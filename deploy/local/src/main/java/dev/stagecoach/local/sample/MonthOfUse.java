package dev.stagecoach.local.sample;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/**
 * The intended use of one month.
 *
 * @param users distinct users of the month
 * @param onWorkingDay distinct users of a working day
 * @param onFreeDay distinct users of a weekend day or a holiday
 */
record MonthOfUse(int users, int onWorkingDay, int onFreeDay) {

    MonthOfUse {
        if (onWorkingDay > users || onFreeDay > onWorkingDay) {
            throw new IllegalArgumentException("%d, %d, %d (expected: month >= working day >= free day)"
                    .formatted(users, onWorkingDay, onFreeDay));
        }
    }

    @JsonCreator
    static MonthOfUse of(List<Integer> numbers) {
        return new MonthOfUse(numbers.get(0), numbers.get(1), numbers.get(2));
    }
}
