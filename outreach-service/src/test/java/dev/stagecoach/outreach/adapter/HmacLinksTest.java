package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.outreach.mail.LinkPurpose;
import dev.stagecoach.outreach.mail.MailReference;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class HmacLinksTest {
    private static final MailReference MAIL =
            new MailReference("acme", "welcome", "welcome/acme/2025-02-03", "day-0", "käthe");
    private static final URI HERE = URI.create("https://outreach.example.com/mail");

    private static final String SECRET = "a secret of enough characters";
    private static final String BEFORE = "the secret that was before it";
    private static final String LONG_BEFORE = "the secret that was before that";

    private final HmacLinks links = links(SECRET);

    private static HmacLinks links(String secret, String... previous) {
        return new HmacLinks(HERE, seal(secret, previous));
    }

    private static Seal seal(String secret, String... previous) {
        return new Seal(new LinkSecrets(secret, List.of(previous)));
    }

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
        String link = links("another secret of enough characters").to(LinkPurpose.HELP, MAIL);

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
    void ofAPreviousSecretAreReadAndNewOnesAreOfTheCurrent() {
        HmacLinks rotated = links(SECRET, BEFORE, LONG_BEFORE);

        for (String previous : List.of(BEFORE, LONG_BEFORE)) {
            String link = links(previous).to(LinkPurpose.UNSUBSCRIBE, MAIL);
            assertThat(rotated.read(LinkPurpose.UNSUBSCRIBE, token(link))).contains(MAIL);
            assertThat(rotated.read(LinkPurpose.HELP, token(link))).isEmpty();
        }
        assertThat(rotated.to(LinkPurpose.HELP, MAIL)).isEqualTo(links.to(LinkPurpose.HELP, MAIL));
    }

    @Test
    void ofASecretThatIsNeitherCurrentNorPreviousAreRefused() {
        String link = links(LONG_BEFORE).to(LinkPurpose.HELP, MAIL);

        assertThat(links(SECRET, BEFORE).read(LinkPurpose.HELP, token(link))).isEmpty();
    }

    @Test
    void formsOfPagesThatWereOpenedBeforeARotationAreStillOurs() {
        Seal rotated = seal(SECRET, BEFORE);

        assertThat(rotated.ofForm("help", "token")).isEqualTo(seal(SECRET).ofForm("help", "token"));
        assertThat(rotated.isOfForm(rotated.ofForm("help", "token"), "help", "token"))
                .isTrue();
        assertThat(rotated.isOfForm(seal(BEFORE).ofForm("help", "token"), "help", "token"))
                .isTrue();
        assertThat(rotated.isOfForm(seal(BEFORE).ofForm("help", "token"), "survey", "token"))
                .isFalse();
        assertThat(rotated.isOfForm(seal(LONG_BEFORE).ofForm("help", "token"), "help", "token"))
                .isFalse();
        assertThat(rotated.isOfForm("", "help", "token")).isFalse();
    }

    @Test
    void needSecretsWorthTheName() {
        assertThatThrownBy(() -> new LinkSecrets("short", List.of()))
                .hasMessage("stagecoach.outreach.link-secret: 5 characters (expected: at least 16)");
        assertThatThrownBy(() -> new LinkSecrets(SECRET, List.of(BEFORE, "shorter")))
                .hasMessage("stagecoach.outreach.previous-link-secrets[1]: 7 characters (expected: at least 16)");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(new LinkSecrets(SECRET, List.of(BEFORE)).toString()).doesNotContain(SECRET, BEFORE);
    }
}
