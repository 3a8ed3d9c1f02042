package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-03-04T10:15:30Z",
                "2024-02-29T23:59:59.999999999Z",
                "2000-01-01T00:00:00.001Z",
                "9999-12-31T23:59:59.000001Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T00:00:00Z",
                "+10000-01-01T00:00:00Z"
            })
    void isWhatJavaWrites(String text) {
        assertThat(UtcText.of(Instant.parse(text)))
                .isEqualTo(Instant.parse(text).toString());
    }

    @Test
    void isWhatJavaWritesForAnyTime() {
        // Given
        Random random = new Random(7);
        int[] precisions = {1, 1_000, 1_000_000, 1_000_000_000};
        // Then
        for (int i = 0; i < 20_000; i++) {
            int precision = precisions[random.nextInt(precisions.length)];
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-62_000_000_000L, 253_000_000_000L),
                    random.nextInt(1_000_000_000) / precision * (long) precision);
            assertThat(UtcText.of(time)).isEqualTo(time.toString());
        }
    }
}
