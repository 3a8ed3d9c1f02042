package dev.stagecoach.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.UsageEvent;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class UsedFeatureTest {

    @Test
    void itReadsWhatTheContractWrites() {
        // Given
        var properties = JsonNodeFactory.instance.objectNode();
        properties.putObject("deep").put("user", "somebody else").put("at", "2020-01-01T00:00:00Z");
        var event = new UsageEvent(
                "id",
                "acme",
                null,
                "ü\"1",
                "Feature Used",
                "code-navigation",
                null,
                Instant.parse("2026-02-28T23:59:59.999Z"),
                Instant.parse("2026-03-01T00:00:07Z"),
                properties);

        // When
        var used = UsedFeature.read(EventCodec.value(event));

        // Then
        assertThat(used).isEqualTo(new UsedFeature("ü\"1", "code-navigation", (int)
                LocalDate.of(2026, 2, 28).toEpochDay()));
    }
}
