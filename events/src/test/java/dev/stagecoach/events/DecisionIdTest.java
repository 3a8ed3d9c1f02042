package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors were computed by another program: an MD5 name-based UUID of each part with its length before it. */
class DecisionIdTest {
    @ParameterizedTest
    @CsvSource({
        "ab, c, 56881f02-774b-3192-b185-174ec9fa299c",
        "a, bc, c899d7cd-0610-3a9d-8c7a-6ecdb67d783e",
        "größe, 7, 94fb1482-b7a0-3e50-97e6-3324e20c39b2"
    })
    void isTheSameForTheSamePartsForEver(String first, String second, String expected) {
        assertThat(DecisionId.of(first, second)).isEqualTo(expected);
    }

    @Test
    void takesAnythingThatHasAText() {
        assertThat(DecisionId.of("stage-changed", "acme", Samples.NOON))
                .isEqualTo("99d53d25-5f2f-381e-a3ea-548ec01201fc");
    }

    @Test
    void keepsPartsApart() {
        assertThat(DecisionId.of("a", "1:b")).isNotEqualTo(DecisionId.of("a1", ":b"));
        assertThat(DecisionId.of("a", "b")).isNotEqualTo(DecisionId.of("ab"));
        assertThat(DecisionId.of("a", "")).isNotEqualTo(DecisionId.of("a"));
    }
}
