package dev.stagecoach.ingest.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.ingest.Refusal;
import dev.stagecoach.ingest.RefusedException;
import dev.stagecoach.ingest.tracking.TrackedEvent;
import dev.stagecoach.ingest.tracking.TrackingBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingReaderTest {
    private final TrackingReader reader = new TrackingReader(
            KeptFields.of(Set.of("feature", "action", "seats", "trial"), Set.of("locale", "app.version")), 4, 500);

    @Test
    void readsAnEventAndDropsWhatIsNotUsage() {
        // When
        TrackedEvent event = single("""
                {"type":"identify","messageId":"m-1","userId":"ada@harbor.example","anonymousId":7,"event":"Search Run",
                 "context":{"ip":"203.0.113.9","groupId":"harbor","instance":"eu-1","page":{"url":"x"}},
                 "properties":{"feature":"code-search","action":"run","query":"secret","seats":3,"trial":true,"deep":{"feature":"no"}},
                 "timestamp":"2025-03-12T10:00:00Z"}""");
        // Then
        assertThat(event.call()).isEqualTo("track");
        assertThat(event.messageId()).isEqualTo("m-1");
        assertThat(event.userId()).isEqualTo("ada@harbor.example");
        assertThat(event.anonymousId()).isEqualTo("7");
        assertThat(event.name()).isEqualTo("Search Run");
        assertThat(event.feature()).isEqualTo("code-search");
        assertThat(event.action()).isEqualTo("run");
        assertThat(event.account()).isEqualTo("harbor");
        assertThat(event.instance()).isEqualTo("eu-1");
        assertThat(event.timestamp()).isEqualTo("2025-03-12T10:00:00Z");
        assertThat(event.properties())
                .isEqualTo(Map.of("feature", "code-search", "action", "run", "seats", 3, "trial", true));
        assertThat(event.flaw()).isNull();
    }

    @Test
    void findsTheBytesOfEveryEventOfABatch() {
        // Given
        String body = """
                {"sentAt":"2025-03-12T10:00:01Z","batch": [ {"event":"größe"} ,
                  {"event":"b","properties":{"feature":"x"}}, 42 ],"context":{"groupId":"harbor"},"writeKey":"k"}""";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // When
        TrackingBody read = reader.readBatch(bytes);
        // Then
        assertThat(read.events())
                .extracting(event -> event.bytes().textOf(bytes))
                .containsExactly("{\"event\":\"größe\"}", "{\"event\":\"b\",\"properties\":{\"feature\":\"x\"}}", "42");
        assertThat(read.events().get(1).propertiesBytes().textOf(bytes)).isEqualTo("{\"feature\":\"x\"}");
        assertThat(read.writeKey()).isEqualTo("k");
        assertThat(read.account()).isEqualTo("harbor");
        assertThat(read.sentAt()).isEqualTo("2025-03-12T10:00:01Z");
    }

    @Test
    void findsTheBytesBehindAByteOrderMark() {
        // Given
        byte[] bytes = "\uFEFF{\"batch\":[{\"event\":\"a\"}]}".getBytes(StandardCharsets.UTF_8);
        // When
        TrackingBody read = reader.readBatch(bytes);
        // Then
        assertThat(read.events().get(0).bytes().textOf(bytes)).isEqualTo("{\"event\":\"a\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    42                          | event: a number (expected: a JSON object)
                    null                        | event: null (expected: a JSON object)
                    ["a"]                       | event: an array (expected: a JSON object)
                    {"userId":{"id":1}}         | userId: an object (expected: a text)
                    {"event":["a"],"userId":[]} | event: an array (expected: a text)
                    {"timestamp":true}          | timestamp: a truth value (expected: a text)
                    {"properties":"a"}          | properties: a text (expected: a JSON object)
                    {"context":[1]}             | context: an array (expected: a JSON object)
                    """)
    void marksAnEventOfTheWrongShapeAndReadsOn(String event, String flaw) {
        // When
        TrackingBody read = batch("{\"batch\":[" + event + ",{\"event\":\"good\"}]}");
        // Then
        assertThat(read.events()).extracting(TrackedEvent::flaw).containsExactly(flaw, null);
        assertThat(read.events().get(1).name()).isEqualTo("good");
    }

    @Test
    void marksAnEventThatIsTooBig() {
        // Given
        String event = "{\"event\":\"" + "x".repeat(500) + "\"}";
        // When
        TrackingBody read = batch("{\"batch\":[" + event + "]}");
        // Then
        assertThat(read.events().get(0).flaw())
                .isEqualTo("event: " + event.length() + " bytes (expected: at most 500)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1E2147483648 | properties.seats: "1E2147483648" (expected: a number of usual size)
            1111111111222222222233333333334444444444.5 | properties.seats: a number of 42 characters (expected: at most 40)
            """)
    void aNumberThatNobodyCanStoreCostsItsOwnEventOnly(String number, String flaw) {
        // When
        TrackingBody read = batch("{\"batch\":[{\"properties\":{\"seats\":" + number + "}},{\"event\":\"fine\"}]}");
        // Then
        assertThat(read.events()).extracting(TrackedEvent::flaw).containsExactly(flaw, null);
    }

    @Test
    void aLongNumberThatIsNotKeptDoesNotMatter() {
        assertThat(batch("{\"x\":" + "1".repeat(2_000) + ",\"batch\":[{}]}").events())
                .hasSize(1);
    }

    @Test
    void keepsTheFieldsOfTheContextThatAreListed() {
        // When
        TrackedEvent event = single("""
                {"context":{"ip":"203.0.113.9","locale":"de-AT","app":{"version":"4.2","build":7,"version.x":1},
                 "os":{"version":"9"},"version":"0"},"properties":{"locale":"none","app.version":"none"}}""");
        // Then
        assertThat(event.properties()).isEqualTo(Map.of("context.locale", "de-AT", "context.app.version", "4.2"));
    }

    @Test
    void takesTheGroupOfAGroupCallFromTheCallItself() {
        // When
        TrackingBody read =
                batch("{\"batch\":[{\"type\":\"group\",\"groupId\":\"new\",\"context\":{\"groupId\":\"old\"}},"
                        + "{\"type\":\"track\",\"groupId\":\"new\",\"context\":{\"groupId\":\"old\"}}]}");
        // Then
        assertThat(read.events()).extracting(TrackedEvent::account).containsExactly("new", "old");
    }

    @Test
    void refusesABatchOfTooManyEvents() {
        assertThatThrownBy(() -> batch("{\"batch\":[{},{},{},{},{}]}"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.TOO_LARGE))
                .hasMessage("batch: more than 4 events (expected: at most 4; send smaller batches)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "text",
                "null",
                "{}",
                "{\"batch\":{}}",
                "{\"batch\":[{]}",
                "{\"batch\":[{}]}x",
                "{\"batch\":[{\"a\":\"\u0001\"}]}"
            })
    void refusesABodyThatIsNoBatch(String body) {
        assertThatThrownBy(() -> batch(body))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNREADABLE));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> reader.readBatch("{\"batch\":[]}".getBytes(StandardCharsets.UTF_16LE)))
                .hasMessageContaining("expected: JSON in UTF-8");
    }

    private TrackedEvent single(String json) {
        return reader.readSingle("track", json.getBytes(StandardCharsets.UTF_8))
                .events()
                .get(0);
    }

    private TrackingBody batch(String json) {
        return reader.readBatch(json.getBytes(StandardCharsets.UTF_8));
    }
}
