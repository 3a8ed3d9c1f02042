package dev.stagecoach.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records that earlier versions wrote, each type once, are read for ever: they stand in the topics, and a rebuild begins with them. A
 * file is never changed; a type or a field that comes later gets a new one, named by its day.
 */
class OlderRecordsTest {
    private static final List<String> FILES = List.of(
            "/records/2026-11-22.jsonl", "/records/2026-11-22-policy-version.jsonl", "/records/2026-11-30.jsonl");

    static Stream<String> records() throws IOException {
        Stream.Builder<String> lines = Stream.builder();
        for (String file : FILES) {
            try (InputStream in = Objects.requireNonNull(OlderRecordsTest.class.getResourceAsStream(file), file)) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        }
        return lines.build();
    }

    @ParameterizedTest
    @MethodSource("records")
    void areReadWithAllThatTheySaid(String line) throws IOException, UnreadableEventException {
        // Given
        JsonNode older = EventCodec.json().readTree(line);
        ConsumerRecord<String, byte[]> consumed = consumed(older);
        // When
        Optional<Event<?>> read = EventCodec.read(consumed);
        // Then
        Event<?> event = read.orElseThrow();
        assertThat(event.id()).isEqualTo(older.at("/headers/ce_id").asText());
        assertThat(event.time()).isEqualTo(older.at("/headers/ce_time").asText());
        assertThat(event.account()).isEqualTo(older.path("key").textValue());
        JsonNode now = EventCodec.json().readTree(EventCodec.value(event.data()));
        older.path("value")
                .properties()
                .forEach(property -> assertThat(now.path(property.getKey()))
                        .as(property.getKey())
                        .isEqualTo(property.getValue()));
    }

    private static ConsumerRecord<String, byte[]> consumed(JsonNode older) {
        ConsumerRecord<String, byte[]> consumed = new ConsumerRecord<>(
                older.path("topic").asText(),
                0,
                0,
                older.path("key").textValue(),
                older.path("value").toString().getBytes(StandardCharsets.UTF_8));
        older.path("headers")
                .properties()
                .forEach(header -> consumed.headers()
                        .add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        return consumed;
    }
}
