package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.InlineImage;
import dev.stagecoach.outreach.mail.Mail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures as another implementation sees them, on mails as a server got them. */
class DkimSigningTest {
    @TempDir
    private static Path directory;

    private static KeyPair keys;
    private static DkimSigning signing;

    @BeforeAll
    static void aKey() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        Path file = directory.resolve("key.pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        signing = DkimSigning.withKey("example.com", "mails", file);
    }

    /** What is hard to get through unchanged: long lines, dots at their beginning, other letters, white space at the end. */
    private static Mail hardMail() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("List-Unsubscribe", "<https://mails.example.com/unsubscribe/" + "x".repeat(300) + ">");
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        headers.put("List-Id", "<onboarding.example.com>");
        headers.put("Auto-Submitted", "auto-generated");
        return new Mail(
                "<1@example.com>",
                "bounces@example.com",
                "Robin <robin@example.com>",
                "team@example.com",
                "\"Zoë Ünal\" <zoe@example.com>",
                "Grüße aus der Ferne, und zwar so viele, dass sie nicht in eine Zeile passen und gefaltet werden müssen",
                ".\n..two dots\nlong " + "word ".repeat(500) + "\ntrailing   \n\n.\nGrüße\n\n\n",
                "<p>" + "é".repeat(3_000) + "</p>\n.\n",
                headers,
                List.of(new InlineImage("chart@example.com", "image/png", new byte[5_000])));
    }

    private static byte[] asReceived() {
        try (StubbornServer server = new StubbornServer();
                SmtpMailbox mailbox = new SmtpMailbox(
                        new SmtpSettings(
                                "127.0.0.1",
                                server.port(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                false,
                                Optional.empty(),
                                Duration.ofSeconds(10)),
                        signing,
                        InstantSource.system())) {
            assertThat(mailbox.send(hardMail(), () -> true)).isEqualTo(new Handover.Accepted());
            // The server takes the dots out again that SMTP puts in.
            return server.mails().get(0).replaceAll("(?m)^\\.", "").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static List<SignatureRecord> verify(byte[] mail) throws IOException, FailException {
        String published = "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        DKIMVerifier verifier = new DKIMVerifier((method, selector, domain) -> {
            assertThat(selector + "._domainkey." + domain).isEqualTo("mails._domainkey.example.com");
            return List.of(published);
        });
        return verifier.verify(new ByteArrayInputStream(mail));
    }

    @Test
    void isValidAfterTheWayThroughSmtp() throws IOException, FailException {
        List<SignatureRecord> signatures = verify(asReceived());

        assertThat(signatures)
                .singleElement()
                .satisfies(signature -> assertThat(signature.getHeaders())
                        .extracting(name -> name.toString().toLowerCase(Locale.ROOT))
                        .contains(
                                "from",
                                "to",
                                "subject",
                                "date",
                                "message-id",
                                "list-unsubscribe",
                                "list-unsubscribe-post"));
    }

    @Test
    void saysWhenSomethingWasChanged() {
        String mail = new String(asReceived(), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> verify(mail.replace("One-Click", "No-Click").getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(FailException.class);
        assertThatThrownBy(() -> verify(mail.replace("two dots", "ten dots").getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(FailException.class);
    }

    @Test
    void aFileWithoutAKeyIsSaidAtTheStart() throws IOException {
        Path file = Files.writeString(directory.resolve("no.pem"), "-----BEGIN RSA PRIVATE KEY-----\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DkimSigning.withKey("example.com", "mails", file))
                .withMessageContaining("no.pem")
                .withMessageContaining("PKCS #8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DkimSigning.withKey("example.com", "mails", directory.resolve("none.pem")))
                .withMessageContaining("none.pem");
    }

    @Test
    void theKeyIsNotSaid() {
        assertThat(signing.toString()).isEqualTo("mails._domainkey.example.com");
    }
}
