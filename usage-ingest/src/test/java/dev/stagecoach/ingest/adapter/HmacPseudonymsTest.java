package dev.stagecoach.ingest.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HmacPseudonymsTest {
    private final HmacPseudonyms pseudonyms = new HmacPseudonyms("a secret of 24 characters");

    @Test
    void staysTheSameAndSaysNothing() {
        // When
        String pseudonym = pseudonyms.of("harbor", "ada@harbor.example");
        // Then
        assertThat(pseudonym)
                .isEqualTo(new HmacPseudonyms("a secret of 24 characters").of("harbor", "ada@harbor.example"))
                .matches("[A-Za-z0-9_-]{22}");
    }

    @Test
    void differsByAccountUserAndSecret() {
        assertThat(pseudonyms.of("harbor", "ada"))
                .isNotEqualTo(pseudonyms.of("granite", "ada"))
                .isNotEqualTo(pseudonyms.of("harbor", "bob"))
                .isNotEqualTo(pseudonyms.of("harbora", "da"))
                .isNotEqualTo(new HmacPseudonyms("another secret, long enough").of("harbor", "ada"));
    }

    @Test
    void refusesASecretThatIsNone() {
        assertThatThrownBy(() -> new HmacPseudonyms("short")).hasMessage("secret: 5 bytes (expected: at least 16)");
    }
}
