package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonPatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    timestamp: "yesterday" (expected: an ISO 8601 time such as 2026-02-03T10:15:30Z) | timestamp: … (expected: an ISO 8601 time such as 2026-02-03T10:15:30Z)
                    userId: missing (expected: userId or anonymousId) | userId: missing (expected: userId or anonymousId)
                    userId: 512 characters (expected: at most 200) | userId: … (expected: at most 200)
                    activeUsers.day: -4 (expected: a whole number >= 0) | activeUsers.day: … (expected: a whole number >= 0)
                    event: "x"; cut here after 900000 of 1234567 bytes | event: …
                    kind: ana@acme.example.com (expected: x) | kind: … (expected: x)
                    name: a (expected: ana@acme.example.com" (expected: at most 200) | name: … (expected: at most 200)
                    java.lang.IllegalStateException: 17 of "Ana" at ana@acme.example.com | java.lang.IllegalStateException: # of … at …
                    not JSON at line 3, column 41 | not JSON at line #, column #
                    """)
    void leavesOutWhatWasFound(String reason, String pattern) {
        assertThat(ReasonPattern.of(reason)).isEqualTo(pattern);
    }

    @Test
    void isTheSameHoweverManyValuesASenderMakesUp() {
        // When
        String one = ReasonPattern.of("timestamp: \"Ana Ruiz\" (expected: a time)");
        String other = ReasonPattern.of("timestamp: \"Bo Lind, (Oslo)\" (expected: a time)");

        // Then
        assertThat(one).isEqualTo(other);
    }

    @Test
    void isALineThatIsNotTooLong() {
        assertThat(ReasonPattern.of("a\nb\u0000c " + "x".repeat(5_000)))
                .startsWith("a b c x")
                .hasSizeLessThan(200);
    }

    @Test
    void saysWhenNoReasonWasTold() {
        assertThat(ReasonPattern.of("\n ")).isEqualTo("no reason told");
    }
}
