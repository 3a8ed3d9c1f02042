package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.EnvelopeSenders;
import dev.stagecoach.outreach.ReceiveBounce;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/rules.md}, e-mail programme: mails that come back. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class BouncesTest {
    @InjectPlatform
    Platform platform;

    SmtpGate gate;

    @Inject
    DataSource database;

    @Inject
    ReceiveBounce receiveBounce;

    private World world;

    @BeforeEach
    void aMailThatWasSent() {
        gate.leadTo(platform.smtpPort());
        world = new World(platform, database);
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(1)
                .settle();
    }

    @AfterEach
    void everyMailIsAccountedFor() {
        world.close();
        assertThat(Balance.read(database).missing()).isZero();
    }

    /** The sender on the envelope of the mail of a day, as its recipient's server knows it. */
    private String envelopeSender(String step) {
        EnvelopeSenders senders =
                new HmacEnvelopeSenders(new LinkSecrets("only-for-development", List.of()), "outreach.example.com");
        return senders.of(Jdbc.inTransaction(
                        database,
                        transaction -> Jdbc.query(
                                transaction,
                                "select id from delivery where account = ? and step = ?",
                                row -> row.getString("id"),
                                world.account,
                                step))
                .get(0));
    }

    private Response tell(String status, String step) {
        return RestAssured.given()
                .header("Authorization", "Bearer local")
                .contentType("application/json")
                .body(Map.of("envelopeSender", envelopeSender(step), "status", status, "diagnostic", "no such user"))
                .post("/v1/bounces");
    }

    @Test
    void aHardBounceSuppressesTheAddressAtOnceAndIsToldOnce() {
        for (int i = 0; i < 2; i++) {
            assertThat(tell("5.1.1", "day-0").statusCode()).isEqualTo(204);
        }

        world.onDay(3).settle();

        assertThat(world.mails()).hasSize(1);
        assertThat(world.ledger())
                .contains("admin-onboarding day-0 ana bounced: 5.1.1 no such user")
                .contains("admin-onboarding day-3 ana suppressed: address-bounced");
        await().untilAsserted(() -> assertThat(world.told("outreach.messages"))
                .extracting(event -> event.type().wireName())
                .containsOnlyOnce("stagecoach.outreach.message-bounced.v1"));
    }

    @Test
    void softBouncesCountUpToALimit() {
        tell("4.2.2", "day-0");
        world.onDay(3).awaitMails(2).settle();
        tell("4.2.2", "day-3");
        world.onDay(7).awaitMails(3).settle();
        tell("4.2.2", "day-7");

        world.onDay(14).settle();

        assertThat(world.mails()).hasSize(3);
        assertThat(world.ledger()).contains("admin-onboarding day-14 ana suppressed: address-bounced");
    }

    @Test
    void refusesWhatItCannotUse() {
        Response unknown = RestAssured.given()
                .header("Authorization", "Bearer local")
                .contentType("application/json")
                .body(Map.of("messageId", "<none@example.com>", "status", "5.1.1"))
                .post("/v1/bounces");
        Response anonymous = RestAssured.given()
                .contentType("application/json")
                .body(Map.of("messageId", "<none@example.com>", "status", "5.1.1"))
                .post("/v1/bounces");

        assertThat(tell("550", "day-0").statusCode()).isEqualTo(400);
        assertThat(tell("5.1.1", "day-14").statusCode()).isEqualTo(404);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(anonymous.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics/..%2f..%2fv1/messages",
                "/v1;a=b/messages",
                "/v1;/messages",
                ";a/v1/messages",
                "/;a/v1/messages",
                "//v1/messages",
                "/v1//messages",
                "/%76%31/messages",
                "/v1%2Fmessages",
                "/x/../v1/messages",
                "/V1/messages",
                "/./v1/messages",
                "/v1/messages;a=b"
            })
    void noSpellingOfAnAddressGoesAroundTheToken(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("\"messages\"").doesNotStartWith("HTTP/1.1 2");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aReportThatCannotBeTakenCostsOnlyItself() throws MessagingException {
        String envelopeSender = envelopeSender("day-0");
        String mailbox = "bounces-" + world.account + "@example.com";
        world.onDay(3).awaitMails(2).settle();
        deliver(mailbox, report(envelopeSender("day-3"), "failed", "5.1.1").replace("no such", "no\0such\033"));
        deliver(mailbox, report(envelopeSender, "failed", "5.1.1").replace("no such", "no " + "x".repeat(6_000_000)));
        deliver(mailbox, report(envelopeSender, "failed", "5.1.1"));

        try (ImapBounces reader = reader(mailbox)) {
            assertThat(reader.read()).isEqualTo(2);
        }

        assertThat(world.ledger())
                .filteredOn(mail -> mail.contains(" bounced: "))
                .hasSize(2)
                .noneMatch(mail -> mail.contains("xxx") || mail.contains("ana@"));
    }

    @Test
    void whatADatabaseCannotKeepIsABadRequest() {
        Response nul = RestAssured.given()
                .header("Authorization", "Bearer local")
                .contentType("application/json")
                .body(Map.of("messageId", "a\0b", "status", "5.1.1"))
                .post("/v1/bounces");
        Response query = RestAssured.given()
                .header("Authorization", "Bearer local")
                .queryParam("account", "a\0b")
                .get("/v1/messages");

        assertThat(nul.statusCode()).isEqualTo(400);
        assertThat(query.statusCode()).isEqualTo(400);
    }

    @Test
    void readsReportsFromAMailboxAndLeavesAllElseAlone() throws MessagingException {
        String envelopeSender = envelopeSender("day-0");
        String mailbox = "bounces-" + world.account + "@example.com";
        deliver(mailbox, report(envelopeSender, "delayed", "4.4.1"));
        deliver(mailbox, automaticReply(envelopeSender));
        deliver(mailbox, report("bounces+0123.4567@outreach.example.com", "failed", "5.1.1"));
        deliver(mailbox, report(envelopeSender, "failed", "no status"));

        try (ImapBounces reader = reader(mailbox)) {
            assertThat(reader.read()).isZero();
            deliver(mailbox, report(envelopeSender, "failed", "5.1.1"));
            assertThat(reader.read()).isEqualTo(1);
            assertThat(reader.read()).isZero();
        }

        assertThat(world.ledger()).contains("admin-onboarding day-0 ana bounced: 550 5.1.1 <…>: no such user");
    }

    private ImapBounces reader(String mailbox) {
        return new ImapBounces(
                new ImapBounces.Account(
                        "127.0.0.1", platform.imapPort(), false, mailbox, "any", "INBOX", Duration.ofMinutes(1)),
                receiveBounce);
    }

    private void deliver(String mailbox, String mail) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(platform.smtpPort()));
        Session session = Session.getInstance(properties);
        Message message = new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)));
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(message, new InternetAddress[] {new InternetAddress(mailbox)});
        }
    }

    /** As Postfix writes it. */
    private static String report(String to, String action, String status) {
        return """
                From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
                Subject: Undelivered Mail Returned to Sender
                To: %s
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="AAA"

                This is a MIME-encapsulated message.

                --AAA
                Content-Description: Notification
                Content-Type: text/plain; charset=us-ascii

                I'm sorry to have to inform you that your message could not be delivered.

                --AAA
                Content-Description: Delivery report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.com
                X-Postfix-Queue-ID: 4F1B2C3D4E
                Arrival-Date: Mon,  3 Feb 2025 12:00:00 +0000 (UTC)

                Final-Recipient: rfc822; ana@example.com
                Original-Recipient: rfc822;ana@example.com
                Action: %s
                Status: %s
                Remote-MTA: dns; mail.example.com
                Diagnostic-Code: smtp; 550 5.1.1 <ana@example.com>: no such
                    user

                --AAA
                Content-Description: Undelivered Message Headers
                Content-Type: text/rfc822-headers

                Subject: Set up your instance in four steps

                --AAA--
                """.formatted(to, action, status).replace("\n", "\r\n");
    }

    private static String automaticReply(String to) {
        return """
                From: ana@example.com
                To: %s
                Subject: Out of office
                Auto-Submitted: auto-replied
                Content-Type: text/plain

                I am away. 5.1.1
                """.formatted(to).replace("\n", "\r\n");
    }
}
