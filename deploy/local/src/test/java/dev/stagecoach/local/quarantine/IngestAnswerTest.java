package dev.stagecoach.local.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.local.process.Complaint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestAnswerTest {

    @Test
    void whatIsNotNamedWasTaken() {
        // When
        var answer = IngestAnswer.of(3, 200, "{\"success\":true,\"rejected\":[{\"index\":1,\"reason\":\"why\"}]}");
        // Then
        assertThat(answer.reason(0)).isNull();
        assertThat(answer.reason(1)).isEqualTo("why");
        assertThat(answer.reason(2)).isNull();
    }

    @Test
    void aPingIsAnsweredWithoutABody() {
        assertThat(IngestAnswer.of(1, 204, "").reason(0)).isNull();
    }

    @Test
    void aRefusedRequestRejectsAllOfIt() {
        // When
        var answer = IngestAnswer.of(2, 422, "{\"detail\":\"account: no account lists the instance\"}");
        // Then
        assertThat(answer.reason(0)).isEqualTo("account: no account lists the instance");
        assertThat(answer.reason(1)).isEqualTo("account: no account lists the instance");
    }

    @ParameterizedTest
    @CsvSource({
        "'Stagecoach-Key-Id: \\\"settings-1\\\" (expected: the id of a write key that was handed out here)'",
        "'Stagecoach-Account: \\\"acme\\\" (expected: one that the key with which this came speaks for)'"
    })
    void aPieceWhoseKeyIsGoneIsRejectedAgain(String detail) {
        // When
        var answer = IngestAnswer.of(1, 403, "{\"detail\":\"" + detail + "\"}");
        // Then
        assertThat(answer.reason(0)).startsWith("Stagecoach-");
    }

    @ParameterizedTest
    @CsvSource({
        "401, write key: unknown",
        "403, 'Stagecoach-Received-At, Stagecoach-Account, Stagecoach-Key-Id: not with this write key'",
        "500, an error in usage-ingest"
    })
    void whatIsNotAboutThePieceEndsTheReplay(int status, String detail) {
        assertThatThrownBy(() -> IngestAnswer.of(1, status, "{\"detail\":\"" + detail + "\"}"))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining(detail);
    }
}
