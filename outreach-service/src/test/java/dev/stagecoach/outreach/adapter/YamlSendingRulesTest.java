package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.outreach.delivery.SendingRules;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/rules.md}, e-mail programme: the file about sending times. */
class YamlSendingRulesTest {
    private static String asItComes() {
        return new PolicyFiles(Optional.empty()).sending();
    }

    @Test
    void saysWhenPeopleAreWrittenToAndHowOften() {
        SendingRules rules = YamlSendingRules.read(asItComes());

        assertThat(rules)
                .isEqualTo(new SendingRules(
                        LocalTime.of(20, 0),
                        LocalTime.of(8, 0),
                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                        List.of(new SendingRules.Cap(1, 1), new SendingRules.Cap(4, 7)),
                        Duration.ofDays(7)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    from: "20:00"        | from: "25:00"              | sending.yaml:5: | 25:00
                    mails: 4             | mails: 0                   | sending.yaml:11: | >= 1
                    days: 7              | days: 90                   | sending.yaml:11: | 1 to 31
                    [saturday, sunday]   | [caturday]                 | sending.yaml:7: | caturday
                    wait-at-most: P7D    | wait-at-most: long         | sending.yaml:13: | long
                    wait-at-most: P7D    | wait-at-most: P7D\\nx: 1   | sending.yaml:14: | x
                    """)
    void saysWhatIsWrongAndWhere(String good, String bad, String place, String what) {
        String text = asItComes().replace(good, bad.replace("\\n", "\n"));

        assertThatThrownBy(() -> YamlSendingRules.read(text))
                .hasMessageStartingWith(place)
                .hasMessageContaining(what);
    }
}
