package dev.stagecoach.outreach.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailReferenceTest {
    @ParameterizedTest
    @ValueSource(strings = {"recap/acme/2025-02", "recap/acme/2025-02-03/2", "recap/acme/first-ping"})
    void findsCampaignAndAccountInTheKeyOfAnOccurrence(String occurrence) {
        MailReference mail = MailReference.of(occurrence, "day-0", "ana");

        assertThat(mail).isEqualTo(new MailReference("acme", "recap", occurrence, "day-0", "ana"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "recap", "recap/acme", "/acme/2025"})
    void anotherTextIsNoKey(String text) {
        assertThatThrownBy(() -> MailReference.of(text, "day-0", "ana"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("campaign/account/start");
    }

    @Test
    void keepsTheKeyAsItIs() {
        assertThat(MailReference.of("a/b/c", "s", "x").occurrence()).isEqualTo("a/b/c");
    }
}
