package dev.stagecoach.bench.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentUsageTest {

    private static final UsageShape SHAPE = new UsageShape(1, 2_000, 100, 1_000, LocalDate.of(2026, 1, 12), 1);

    @Test
    void anEventHasWhatTheServiceReads() throws IOException {
        // When
        var event = EventCodec.json().readTree(SentUsage.of(SHAPE).get(0));

        // Then
        assertThat(event.path("type").textValue()).isEqualTo("track");
        assertThat(event.path("messageId").textValue()).hasSize(36);
        assertThat(event.path("timestamp").textValue()).startsWith("2026-01-1");
        assertThat(event.path("userId").textValue()).isNotBlank();
        assertThat(event.path("event").textValue()).isEqualTo("Feature Used");
        assertThat(event.path("properties").path("feature").textValue()).isNotBlank();
        assertThat(event.path("context").path("groupId").textValue()).startsWith("account-");
    }

    @Test
    void eventsHaveSome270BytesOnOneLine() {
        // When
        var lines = SentUsage.of(SHAPE);

        // Then
        assertThat(lines)
                .hasSize(2_000)
                .allSatisfy(line -> assertThat(new String(line, UTF_8)).doesNotContain("\n"));
        assertThat(lines.stream().mapToInt(line -> line.length).average().orElseThrow())
                .isBetween(260.0, 285.0);
    }

    @Test
    void theSameSeedMakesTheSameEvents() {
        assertThat(text(SentUsage.of(SHAPE))).isEqualTo(text(SentUsage.of(SHAPE)));
    }

    private static List<String> text(List<byte[]> lines) {
        return lines.stream().map(line -> new String(line, UTF_8)).toList();
    }
}
