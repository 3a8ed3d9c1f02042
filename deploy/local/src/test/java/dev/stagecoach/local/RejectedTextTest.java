package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.quarantine.PieceGroup;
import dev.stagecoach.local.quarantine.RejectedPiece;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectedTextTest {

    private static final Instant MONDAY = Instant.parse("2026-02-02T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-02-03T10:00:00.250Z");

    @Test
    void groupsStandInATable() {
        assertThat(RejectedText.groups(List.of(new PieceGroup(
                        "userId: missing (expected: userId or anonymousId)", "/v1/batch", 12, MONDAY, TUESDAY, "p-7"))))
                .containsExactly(
                        "  pieces  first received        last received         path           reason",
                        "      12  2026-02-02T10:00:00Z  2026-02-03T10:00:00Z  /v1/batch      userId: missing (expected: userId or anonymousId)",
                        "          for example p-7");
    }

    @Test
    void nothingIsSaidToo() {
        assertThat(RejectedText.groups(List.of())).containsExactly("Nothing is open.");
    }

    @Test
    void aPieceIsShownAsItWasSentButSteersNoTerminal() {
        // Given
        var piece = new RejectedPiece(
                "p-7", null, null, "/updates", "site: \"\u001b[2J\"", MONDAY, TUESDAY, 2, null, null, null);
        // When
        var lines = RejectedText.piece(piece, "{\"site\":\"\u001b[2J\u202eé\"}\n".getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(lines)
                .containsExactly(
                        "",
                        "2026-02-02T10:00:00Z  /updates  p-7  account unknown, rejected 2 times",
                        "  site: \"?[2J\"",
                        "  {\"site\":\"?[2J?é\"}?");
    }
}
