package dev.stagecoach.ingest.adapter.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.ingest.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bodies that are not even JSON that could be a ping. */
class PingReaderTest {
    private static final Instant RECEIVED = Instant.parse("2025-03-12T16:30:10Z");

    @Test
    void refusesBytesThatAreNoTextInTheEncodingWithWhichTheyBegin() {
        // Given
        byte[] utf32 = HexFormat.of().parseHex("0000007b" + "7fffffff");
        // Then
        assertThatThrownBy(() -> PingReader.PLAIN.read(utf32, RECEIVED))
                .isInstanceOf(RefusedException.class)
                .hasMessageMatching("body: .*UTF-32.* \\(expected: a JSON object\\)");
    }

    @Test
    void refusesANumberThatNoComputerHolds() {
        // Given
        byte[] body = "{\"instance\":\"a\",\"version\":\"1\",\"load\":1E2147483648}".getBytes(StandardCharsets.UTF_8);
        // Then
        assertThatThrownBy(() -> PingReader.PLAIN.read(body, RECEIVED))
                .isInstanceOf(RefusedException.class)
                .hasMessage("body: a number that is too large (expected: a JSON object)");
    }
}
