package dev.stagecoach.ingest.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentTimeTest {
    private static final Instant RECEIVED = Instant.parse("2025-03-12T17:00:00Z");

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    -                    | -                    | 2025-03-12T17:00:00Z | no time: the receipt
                    -                    | 2025-03-12T12:00:00Z | 2025-03-12T17:00:00Z | only the sending: the receipt
                    2025-03-12T09:00:00Z | -                    | 2025-03-12T09:00:00Z | no sending: as it is
                    2025-03-12T09:00:00Z | 2025-03-12T17:00:00Z | 2025-03-12T09:00:00Z | right clock: as it is
                    2025-03-12T09:00:00Z | 2025-03-12T15:00:00Z | 2025-03-12T11:00:00Z | clock two hours slow
                    2025-03-12T09:00:00Z | 2025-03-12T19:00:00Z | 2025-03-12T07:00:00Z | clock two hours fast
                    2035-01-01T08:00:00Z | 2035-01-01T09:00:00Z | 2025-03-12T16:00:00Z | clock ten years fast
                    2025-03-12T16:58:00Z | 2025-03-12T16:59:00Z | 2025-03-12T16:58:00Z | a minute on the way is no wrong clock
                    2025-03-12T16:58:00Z | 2025-03-12T16:58:59Z | 2025-03-12T16:59:01Z | more than a minute is
                    2025-03-13T09:00:00Z | -                    | 2025-03-12T17:00:00Z | not after the receipt
                    2025-03-12T17:30:00Z | 2025-03-12T17:00:00Z | 2025-03-12T17:00:00Z | not after the receipt, with sending
                    """)
    void correctsTheSendersClock(Instant happenedAt, Instant sentAt, Instant expected, String why) {
        assertThat(SentTime.corrected(happenedAt, sentAt, RECEIVED, Duration.ofMinutes(1)))
                .as(why)
                .isEqualTo(expected);
    }
}
