package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImapBouncesTest {
    @ParameterizedTest
    @CsvSource({"192.0.2.1, true, true, false", "192.0.2.1, false, false, true", "127.0.0.1, false, false, false"})
    void noPasswordGoesToAnotherMachineInTheClear(String host, boolean tls, String fromTheStart, String startTls) {
        ImapBounces.Account account =
                new ImapBounces.Account(host, 143, tls, "bounces", "secret", "INBOX", Duration.ofMinutes(1));

        assertThat(ImapBounces.properties(account))
                .containsEntry("mail.imap.ssl.enable", fromTheStart)
                .containsEntry("mail.imap.starttls.required", startTls);
        assertThat(account.toString()).doesNotContain("secret");
    }
}
