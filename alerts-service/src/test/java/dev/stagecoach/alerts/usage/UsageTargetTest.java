package dev.stagecoach.alerts.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md, alerts: usage-target. */
class UsageTargetTest {
    @ParameterizedTest(name = "margin {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 29.99 30 30.01      | - reached -",
                "0 | 10 20               | - -",
                "0 | 30 29.99 30         | reached lost reached",
                "0 | 40 ? 20             | reached - lost",
                "2 | 30 29 31 29 31      | reached - - - -",
                "2 | 30 28 30            | reached lost reached",
                "2 | 30 28 29 30         | reached lost - reached",
                "2 | 32 29.9 30 31.9 32  | reached lost - - reached",
                "2 | 32 29.9 28 30       | reached lost - reached"
            })
    void tellsACrossingEitherWay(int margin, String percents, String expected) {
        // Given
        UsageTarget target = new UsageTarget(30, margin);
        TargetMarks marks = TargetMarks.NONE;
        List<String> told = new ArrayList<>();

        // When
        for (String percent : percents.strip().split(" ", -1)) {
            Double usage = percent.equals("?") ? null : Double.parseDouble(percent) / 100;
            UsageTarget.Move move = target.move(marks, usage);
            marks = move.marks();
            told.add(move.crossing().map(Crossing::wireName).orElse("-"));
        }

        // Then
        assertThat(String.join(" ", told)).isEqualTo(expected.strip());
    }
}
