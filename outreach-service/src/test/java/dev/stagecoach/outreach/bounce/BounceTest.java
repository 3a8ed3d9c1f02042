package dev.stagecoach.outreach.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BounceTest {
    @ParameterizedTest
    @CsvSource({"5.1.1, true", "5.7.26, true", "4.2.2, false", "4.4.7, false"})
    void fiveIsForEverAndFourMayPass(String status, boolean hard) {
        assertThat(new Bounce(status, "").isHard()).isEqualTo(hard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "550", "5.1", "", "x5.1.1"})
    void whatIsNoFailureIsNoBounce(String status) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bounce(status, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "failed,    5.1.1,                  true",
        "Failed,    5.1.1 (no such user),   true",
        "failed,    4.4.7,                  true",
        "delayed,   4.4.1,                  false",
        "delivered, 2.0.0,                  false",
        "relayed,   2.0.0,                  false",
        "failed,    '',                     false"
    })
    void onlyAFailureIsAnEnd(String action, String status, boolean bounced) {
        assertThat(Bounce.reported(action, status, "").isPresent()).isEqualTo(bounced);
    }

    @Test
    void theReasonNamesNoPersonAndCanBeKept() {
        assertThat(new Bounce("5.1.1", "550 5.1.1 <Ana.A+x@b\u00fccher.example>:\0no\u001b user").reason())
                .isEqualTo("550 5.1.1 <\u2026>: no user");
        assertThat(new Bounce("5.1.1", "x".repeat(5_000)).diagnostic()).hasSize(500);
    }

    @Test
    void theReasonNamesTheStatusOnce() {
        assertThat(new Bounce("5.1.1", "550 5.1.1 no such user").reason()).isEqualTo("550 5.1.1 no such user");
        assertThat(new Bounce("5.1.1", "no such user").reason()).isEqualTo("5.1.1 no such user");
        assertThat(new Bounce("5.1.1", "").reason()).isEqualTo("5.1.1");
    }
}
