package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.outreach.adapter.StubbornServer.Stage;
import dev.stagecoach.outreach.mail.Handover;
import dev.stagecoach.outreach.mail.InlineImage;
import dev.stagecoach.outreach.mail.Mail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a mail after each end that a conversation with the mail server can take. */
class SmtpMailboxTest {
    private final StubbornServer server = new StubbornServer();
    private final SmtpMailbox mailbox =
            new SmtpMailbox(settings(Optional.empty()), Signing.none(), InstantSource.system());
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path directory;

    private SmtpSettings settings(Optional<SmtpSettings.StartTls> startTls) {
        return new SmtpSettings(
                "127.0.0.1",
                server.port(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("here.example"),
                false,
                false,
                startTls,
                Duration.ofSeconds(5));
    }

    private static Mail mail(String to, InlineImage... images) {
        return new Mail(
                "<1@example.com>",
                "bounces@example.com",
                "Robin <robin@example.com>",
                "team@example.com",
                to,
                "Grüße",
                "Hello,\n.dot\n",
                "<p>Hello</p>",
                Map.of("X-Stagecoach-Account", "acme"),
                List.of(images));
    }

    private Handover send() {
        return mailbox.send(mail("\"Ana, Ant\" <ana@example.com>"), this::yes);
    }

    private boolean yes() {
        return asked.incrementAndGet() > 0;
    }

    @AfterEach
    void close() {
        mailbox.close();
        server.close();
    }

    @Test
    void handsOverWithTheEnvelopeOfTheMail() {
        assertThat(send()).isEqualTo(new Handover.Accepted());

        assertThat(server.commands()).contains("MAIL FROM:<bounces@example.com>", "RCPT TO:<ana@example.com>");
        assertThat(server.mails()).singleElement().asString().contains("Message-ID: <1@example.com>", "\r\n..dot\r\n");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, Unreachable, 0",
        "EHLO,     Unreachable, 0",
        "MAIL,     Unreachable, 0",
        "RCPT,     Unreachable, 0",
        "DATA,     Unreachable, 1",
        "CONTENT,  Doubtful,    1",
        "DOT,      Doubtful,    1"
    })
    void onlyAfterDataWasAskedForABrokenConnectionIsADoubt(Stage stage, String verdict, int timesAsked) {
        server.hangsUpAt(stage);

        assertThat(send().getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(asked).hasValue(timesAsked);
    }

    @Test
    void aLargeMailOfWhichPartWasTakenIsADoubt() {
        server.hangsUpAt(Stage.CONTENT);
        InlineImage large = new InlineImage("chart", "image/png", new byte[10_000_000]);

        assertThat(mailbox.send(mail("ana@example.com", large), this::yes)).isInstanceOf(Handover.Doubtful.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, 554 go away,           Unreachable",
        "MAIL,     451 later,             Postponed",
        "MAIL,     530 login first,       Unreachable",
        "RCPT,     550 no such user,      Refused",
        "RCPT,     450 greylisted,        Postponed",
        "RCPT,     421 too many,          Unreachable",
        "DATA,     451 later,             Postponed",
        "DATA,     554 no,                Refused",
        "DATA,     421 closing,           Unreachable",
        "DOT,      451 disk full,         Postponed",
        "DOT,      554 spam,              Refused",
        "DOT,      421 closing,           Unreachable",
        "DOT,      251 taken after a fashion, Accepted"
    })
    void aReplyIsAnAnswerEvenAfterData(Stage stage, String reply, String verdict) {
        server.says(stage, reply);

        assertThat(send().getClass().getSimpleName()).isEqualTo(verdict);
    }

    /** A ledger that cannot keep it would be tried for ever, and the reason is told to others. */
    @Test
    void whatTheServerSaysCanBeKeptAndNamesNobody() {
        server.says(Stage.RCPT, "550 5.1.1 <ana@example.com>:\0 \u0007no such user " + "x".repeat(5_000));

        Handover.Refused refused = (Handover.Refused) send();

        assertThat(refused.reason())
                .startsWith("550 5.1.1 <\u2026>: no such user xxx")
                .hasSize(500);
    }

    @Test
    void oneRefusedRecipientDoesNotCostTheConnection() {
        server.says(Stage.RCPT, "550 no such user");
        assertThat(send()).isEqualTo(new Handover.Refused("550 no such user"));
        server.behaves();

        assertThat(send()).isEqualTo(new Handover.Accepted());

        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("EHLO"))
                .hasSize(1);
    }

    @Test
    void isWithheldWhenTheClaimIsLost() {
        Handover handover = mailbox.send(mail("ana@example.com"), () -> false);

        assertThat(handover).isInstanceOf(Handover.Withheld.class);
        assertThat(server.commands()).contains("RSET").doesNotContain("DATA");
        assertThat(send()).isEqualTo(new Handover.Accepted());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMailIsTakenBackBeforeTheDotByAProcessThatStoodStill(boolean itHasBeatenSince) {
        AtomicLong nanoTime = new AtomicLong();
        Pulse pulse = new Pulse(nanoTime::get);
        try (SmtpMailbox frozen =
                new SmtpMailbox(settings(Optional.empty()), Signing.none(), InstantSource.system(), pulse)) {
            Handover handover = frozen.send(mail("ana@example.com"), () -> {
                nanoTime.addAndGet(Pulse.STANDSTILL.toNanos() + 1);
                if (itHasBeatenSince) {
                    pulse.beat();
                }
                return true;
            });

            assertThat(handover).isInstanceOf(Handover.Withheld.class);
            assertThat(server.commands()).contains("DATA");
            pulse.beat();
            assertThat(frozen.send(mail("ana@example.com"), () -> true)).isEqualTo(new Handover.Accepted());
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void aSlowServerIsNoStandstill() {
        AtomicLong nanoTime = new AtomicLong();
        Pulse pulse = new Pulse(nanoTime::get);
        try (SmtpMailbox patient =
                new SmtpMailbox(settings(Optional.empty()), Signing.none(), InstantSource.system(), pulse)) {
            Handover handover = patient.send(mail("ana@example.com"), () -> {
                for (int beats = 0; beats < 100; beats++) {
                    nanoTime.addAndGet(Pulse.STANDSTILL.toNanos() / 10);
                    pulse.beat();
                }
                return true;
            });

            assertThat(handover).isEqualTo(new Handover.Accepted());
        }
    }

    @Test
    void isWithheldWhenTheLedgerCannotBeWritten() {
        Handover handover = mailbox.send(mail("ana@example.com"), () -> {
            throw new IllegalStateException("the disk is full");
        });

        assertThat(handover).isEqualTo(new Handover.Withheld("the disk is full"));
        assertThat(server.commands()).doesNotContain("DATA");
    }

    @Test
    void aKeptConnectionThatTheServerClosedIsReplaced() {
        assertThat(send()).isEqualTo(new Handover.Accepted());
        server.hangUpOnAll();

        assertThat(send()).isEqualTo(new Handover.Accepted());

        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void saysNothingThatIsNotNeeded() {
        send();
        send();

        assertThat(server.commands())
                .extracting(command -> command.substring(0, 4))
                .containsExactly("EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA");
    }

    @Test
    void nobodyListeningIsUnreachable() {
        server.close();

        assertThat(send()).isInstanceOf(Handover.Unreachable.class);
        assertThat(mailbox.answers()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not an address", "a@x.example, b@x.example", "a@x.example\r\nRCPT TO:<b@x.example>", ""})
    void whatIsNoAddressIsRefusedWithoutAskingTheServer(String to) {
        assertThat(mailbox.send(mail(to), this::yes)).isInstanceOf(Handover.Refused.class);
        assertThat(server.commands()).isEmpty();
    }

    /** Whose last eight bits are a line break, a space or a bracket: a character for a byte, they would be commands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com\u013e\u010aRCPT\u0120TO\u013a\u013cbob@example.com",
                "\u010a@example.com",
                "ana\u010d@example.com",
                "\"\u010a\"@example.com"
            })
    void noCharacterOfAnAddressBecomesACommand(String to) {
        Handover handover = mailbox.send(mail(to), this::yes);

        assertThat(server.commands())
                .allSatisfy(command -> assertThat(command).matches("(EHLO|MAIL|RCPT|DATA|NOOP|QUIT)[ -~]*"))
                .filteredOn(command -> command.startsWith("RCPT"))
                .hasSizeLessThan(2);
        // Said of the mail and not of the server, or all others would wait for it.
        assertThat(handover).isInstanceOf(Handover.Refused.class);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aDomainOfOtherLettersIsWrittenAsServersKnowIt() {
        assertThat(mailbox.send(mail("Ana <ana@b\u00fccher.example>"), this::yes))
                .isEqualTo(new Handover.Accepted());

        assertThat(server.commands()).contains("RCPT TO:<ana@xn--bcher-kva.example>");
    }

    @Test
    void noCharacterOfAHeaderBecomesALineOfItsOwn() {
        Mail mail = new Mail(
                "<1@example.com>",
                "bounces@example.com",
                "Robin <robin@example.com>",
                "team@example.com",
                "\"A\u010aBcc: a@example.com\" <ana@example.com>",
                "S\u010aBcc: b@example.com\r\nBcc: b2@example.com",
                "Hello",
                "<p>Hello</p>",
                Map.of("X-Stagecoach-Occurrence", "f\u010dx\u010aBcc: c@example.com\r\nBcc: d@example.com"),
                List.of());

        assertThat(mailbox.send(mail, this::yes)).isEqualTo(new Handover.Accepted());

        String sent = server.mails().get(0);
        assertThat(sent.lines()).noneMatch(line -> line.startsWith("Bcc"));
        assertThat(sent.chars()).allMatch(letter -> letter < 0x7f);
    }

    @Test
    void sendsSenderAndRecipientInOneGoIfTheServerTakesIt() {
        server.offers("PIPELINING").says(Stage.RCPT, "550 no such user");

        assertThat(send()).isEqualTo(new Handover.Refused("550 no such user"));
        server.behaves();
        assertThat(send()).isEqualTo(new Handover.Accepted());
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void withoutEncryptionNothingIsSentWhereItIsRequired() {
        try (SmtpMailbox strict = new SmtpMailbox(
                settings(Optional.of(SmtpSettings.StartTls.REQUIRED)), Signing.none(), InstantSource.system())) {
            Handover handover = strict.send(mail("ana@example.com"), this::yes);

            assertThat(handover).isInstanceOf(Handover.Unreachable.class);
            assertThat(handover.toString()).contains("STARTTLS");
            assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
        }
    }

    private Handover sendEncrypted(SmtpSettings.StartTls startTls, Optional<Path> trusted) {
        SmtpSettings settings = new SmtpSettings(
                "localhost",
                server.port(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("here.example"),
                false,
                false,
                Optional.of(startTls),
                Duration.ofSeconds(5),
                trusted);
        try (SmtpMailbox encrypted = new SmtpMailbox(settings, Signing.none(), InstantSource.system())) {
            return encrypted.send(mail("ana@example.com"), this::yes);
        }
    }

    @Test
    void encryptsWithAServerWhoseCertificateIsTrusted() {
        ServerCertificate certificate = ServerCertificate.in(directory, "dns:localhost,ip:127.0.0.1");
        server.encryptsWith(certificate.server());

        Handover handover = sendEncrypted(SmtpSettings.StartTls.REQUIRED, Optional.of(certificate.pem()));

        assertThat(handover).isEqualTo(new Handover.Accepted());
        assertThat(server.mails()).hasSize(1);
        assertThat(server.commands()).containsSubsequence("STARTTLS", "EHLO here.example", "DATA");
    }

    @ParameterizedTest
    @EnumSource(
            value = SmtpSettings.StartTls.class,
            names = {"REQUIRED", "OPTIONAL"})
    void saysNothingToAServerWhoseCertificateIsNotTrusted(SmtpSettings.StartTls startTls) {
        server.encryptsWith(
                ServerCertificate.in(directory, "dns:localhost,ip:127.0.0.1").server());

        Handover handover = sendEncrypted(startTls, Optional.empty());

        assertThat(handover).isInstanceOf(Handover.Unreachable.class);
        assertThat(handover.toString()).contains("PKIX");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void saysNothingToAServerWithTheCertificateOfAnother() {
        ServerCertificate certificate = ServerCertificate.in(directory, "dns:mail.example.com");
        server.encryptsWith(certificate.server());

        Handover handover = sendEncrypted(SmtpSettings.StartTls.REQUIRED, Optional.of(certificate.pem()));

        assertThat(handover).isInstanceOf(Handover.Unreachable.class);
        assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void aFileWithoutACertificateIsSaid() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");

        assertThatThrownBy(() -> sendEncrypted(SmtpSettings.StartTls.REQUIRED, Optional.of(empty)))
                .hasMessageContaining("empty.pem: no certificate");
    }

    private SmtpSettings withPassword(SmtpSettings.StartTls startTls) {
        return new SmtpSettings(
                "127.0.0.1",
                server.port(),
                Optional.of("robin"),
                Optional.of("sesame-open"),
                Optional.of("here.example"),
                false,
                false,
                Optional.of(startTls),
                Duration.ofSeconds(5));
    }

    @Test
    void logsInWithoutSayingThePasswordToAnybodyElse() {
        server.offers("AUTH PLAIN");
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger mail = Logger.getLogger("org.eclipse.angus.mail");
        Level before = mail.getLevel();
        Handler handler = remembering(logged);
        mail.setLevel(Level.ALL);
        mail.addHandler(handler);
        try (SmtpMailbox secured =
                new SmtpMailbox(withPassword(SmtpSettings.StartTls.OPTIONAL), Signing.none(), InstantSource.system())) {
            assertThat(secured.send(mail("ana@example.com"), this::yes)).isEqualTo(new Handover.Accepted());
        } finally {
            mail.removeHandler(handler);
            mail.setLevel(before);
        }

        String secret =
                Base64.getEncoder().encodeToString("robin\0robin\0sesame-open".getBytes(StandardCharsets.US_ASCII));
        assertThat(server.commands()).anyMatch(command -> command.contains(secret));
        assertThat(logged).isNotEmpty().noneMatch(line -> line.contains("sesame-open") || line.contains(secret));
        assertThat(withPassword(SmtpSettings.StartTls.OPTIONAL).toString()).doesNotContain("sesame-open");
    }

    private static Handler remembering(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(new SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Test
    void thePasswordIsNotSaidInTheClearWhereEncryptionIsRequired() {
        server.offers("AUTH PLAIN LOGIN");
        try (SmtpMailbox secured =
                new SmtpMailbox(withPassword(SmtpSettings.StartTls.REQUIRED), Signing.none(), InstantSource.system())) {
            assertThat(secured.send(mail("ana@example.com"), this::yes)).isInstanceOf(Handover.Unreachable.class);
        }

        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    @Test
    void aLoginThatIsRefusedHoldsUpAllMailsAndFailsNone() {
        server.offers("AUTH PLAIN").says(Stage.AUTH, "535 5.7.8 no");
        try (SmtpMailbox secured =
                new SmtpMailbox(withPassword(SmtpSettings.StartTls.OPTIONAL), Signing.none(), InstantSource.system())) {
            Handover handover = secured.send(mail("ana@example.com"), this::yes);

            assertThat(handover).isInstanceOf(Handover.Unreachable.class);
            assertThat(handover.toString()).contains("535").doesNotContain("sesame-open");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, OPTIONAL", "localhost, OPTIONAL", "192.0.2.1, REQUIRED"})
    void encryptionIsRequiredUnlessTheServerIsOnThisMachine(String host, SmtpSettings.StartTls expected) {
        SmtpSettings settings = new SmtpSettings(
                host,
                25,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Duration.ofSeconds(1));

        assertThat(settings.effectiveStartTls()).isEqualTo(expected);
    }

    @Test
    void showsPicturesWithinTheMail() {
        InlineImage chart = new InlineImage("chart", "image/png", new byte[] {1, 2, 3});

        mailbox.send(mail("ana@example.com", chart), this::yes);

        assertThat(server.mails())
                .singleElement()
                .asString()
                .contains("multipart/related", "Content-ID: <chart>", "Content-Disposition: inline", "AQID");
    }
}
