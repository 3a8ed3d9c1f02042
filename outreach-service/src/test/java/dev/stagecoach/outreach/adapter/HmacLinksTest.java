package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import java.net.URI;
import org.junit.jupiter.api.Test;

class HmacLinksTest {
    private static final MailReference MAIL =
            new MailReference("acme", "welcome", "welcome/acme/2025-02-03", "day-0", "käthe");
    private static final URI HERE = URI.create("https://outreach.example.com/mail");

    private final HmacLinks links = new HmacLinks(HERE, new Seal("a secret of enough characters"));

    private static String token(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    @Test
    void leadBackToTheMail() {
        String link = links.to(LinkPurpose.HELP, MAIL);

        assertThat(link).startsWith("https://outreach.example.com/mail/help/");
        assertThat(links.read(LinkPurpose.HELP, token(link))).contains(MAIL);
    }

    @Test
    void areGoodForOnePurpose() {
        String link = links.to(LinkPurpose.HELP, MAIL);

        assertThat(links.read(LinkPurpose.UNSUBSCRIBE, token(link))).isEmpty();
    }

    @Test
    void cannotBeMadeWithoutTheSecret() {
        String link = new HmacLinks(HERE, new Seal("another secret of enough characters")).to(LinkPurpose.HELP, MAIL);

        assertThat(links.read(LinkPurpose.HELP, token(link))).isEmpty();
    }

    @Test
    void cannotBeChanged() {
        String token = token(links.to(LinkPurpose.HELP, MAIL));

        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(links.read(LinkPurpose.HELP, changed))
                    .as("changed at %d", i)
                    .isEmpty();
        }
    }

    @Test
    void needASecretWorthTheName() {
        assertThatThrownBy(() -> new Seal("short"))
                .hasMessage("stagecoach.outreach.link-secret: 5 characters (expected: at least 16)");
    }
}
