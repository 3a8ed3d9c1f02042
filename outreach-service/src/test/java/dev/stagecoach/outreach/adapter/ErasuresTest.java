package dev.stagecoach.outreach.adapter;

import static dev.stagecoach.events.Role.INSTANCE_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Contact;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/operating.md}, erase a person: what outreach-service forgets, and what it must not. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = @ResourceArg(name = StagecoachPlatform.DATABASE, value = "outreach"))
@QuarkusTestResource(SmtpGate.class)
class ErasuresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** On days 0, 3, 7 and 14; decided on when the campaign began. */
    private static final int MAILS = 4;

    @InjectPlatform
    Platform platform;

    SmtpGate gate;

    @Inject
    DataSource database;

    private World world;
    private Contact vera;

    @BeforeEach
    void aPersonWhoGotAMail() {
        gate.leadTo(platform.smtpPort());
        world = new World(platform, database);
        vera = world.contact("vera", INSTANCE_ADMIN);
        world.facts(Segment.DIGITAL, Product.CODE_SEARCH)
                .contacts(vera, world.contact("ana", INSTANCE_ADMIN))
                .enters(Stage.ONBOARDING)
                .awaitMails(2)
                .settle();
    }

    @AfterEach
    void everyMailIsAccountedFor() {
        world.close();
        assertThat(Balance.read(database).missing()).isZero();
    }

    private static Response erase(Object request) {
        return RestAssured.given()
                .header("Authorization", "Bearer local")
                .contentType("application/json")
                .body(request)
                .post("/v1/erasures");
    }

    private Response eraseVera() {
        return erase(Map.of("address", vera.email().toUpperCase(Locale.ROOT), "by", "Data protection"));
    }

    private void isContactNoMore() {
        world.contacts(world.contact("ana", INSTANCE_ADMIN));
        await().atMost(PATIENCE)
                .until(() ->
                        world.count("select count(*) n from contact where account = '" + world.account + "'") == 1);
    }

    private long rowsWithTheAddress() {
        return world.count("""
                select count(*) n from (
                    select d::text line from delivery d union all select c::text from contact c
                    union all select b::text from bounce b union all select b::text from bounced_address b
                    union all select o::text from opt_out o union all select r::text from response r) everything
                where position('%s' in lower(line)) > 0
                """.formatted(vera.email()));
    }

    @Test
    void aContactIsToldAwayFirst() {
        Response refused = eraseVera();

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.path("detail").toString()).contains("still that of a contact of " + world.account);
        assertThat(rowsWithTheAddress()).isEqualTo(1 + MAILS);
    }

    @Test
    void theAddressIsInNoTableAndTheLedgerKeepsTheMail() {
        // Given mails that came back, and an answer
        Jdbc.inTransaction(database, transaction -> {
            Jdbc.update(transaction, """
                    insert into bounce (delivery, address, hard, at, reason)
                    select id, address, true, now(), '5.1.1' from delivery where address = ? and state = 'sent'
                    """, vera.email());
            Jdbc.update(transaction, """
                    insert into bounced_address (address, hard, soft_count, last_at, reason, suppressed)
                    values (?, true, 0, now(), '5.1.1', true)
                    """, vera.email());
            return Jdbc.update(transaction, """
                    insert into response (id, kind, account, contact, campaign, occurrence, step, comment, at)
                    select 'answer of ' || id, 'stagecoach.outreach.survey-answered.v1', account, contact, campaign, occurrence, step,
                           'write to ' || address, now()
                    from delivery where account = ? and state = 'sent'
                    """, world.account);
        });
        isContactNoMore();
        // Of the mails, of both tables of bounces, and of the answer.
        assertThat(rowsWithTheAddress()).isEqualTo(MAILS + 3);

        // When
        Response erased = eraseVera();

        // Then
        assertThat(erased.statusCode()).isEqualTo(200);
        assertThat(erased.jsonPath().getList("contacts"))
                .isEqualTo(List.of(Map.of("account", world.account, "contact", "vera")));
        assertThat(erased.jsonPath().getInt("mails")).isEqualTo(MAILS);
        assertThat(erased.jsonPath().getInt("answers")).isEqualTo(1);
        assertThat(erased.jsonPath().getInt("bounces")).isEqualTo(1);
        assertThat(rowsWithTheAddress()).isZero();
        assertThat(world.ledger()).contains("admin-onboarding day-0 vera sent");
        assertThat(world.count("select count(*) n from response where comment is not null and account = '"
                        + world.account + "'"))
                .isEqualTo(1);
        assertThat(eraseVera().jsonPath().getInt("mails")).isZero();
    }

    @Test
    void whoLeftIsNotWrittenToUnderAnotherNameEither() {
        // Given
        RestAssured.given()
                .contentType("application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
                .post(unsubscribeLink())
                .then()
                .statusCode(200);
        isContactNoMore();
        eraseVera().then().statusCode(200);

        // When, then
        try (World other = new World(platform, database)) {
            other.facts(Segment.DIGITAL, Product.CODY)
                    .contacts(new Contact("v-2", "Vera Vole", vera.email(), Set.of(INSTANCE_ADMIN), null))
                    .enters(Stage.ONBOARDING);
            await().atMost(PATIENCE)
                    .until(() -> other.ledger().contains("admin-onboarding day-0 v-2 suppressed: unsubscribed"));
        }
    }

    private String unsubscribeLink() {
        String header = world.mails().stream()
                .filter(mail -> mail.recipients().contains(vera.email()))
                .findFirst()
                .flatMap(mail -> mail.header("List-Unsubscribe"))
                .orElseThrow();
        return header.replaceAll("^.*<http[^/]*//[^/]*(/[^>]*)>.*$", "$1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | address: missing (expected: an address such as ana@example.com)",
                "{\"address\":\"vera\",\"by\":\"x\"} | address: missing (expected: an address such as ana@example.com)",
                "{\"address\":\"vera@example.com\"}  | by: missing (expected: who wants it, by name or address)"
            })
    void whatIsMissingIsNamed(String request, String detail) {
        Response refused = erase(request);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.path("detail").toString()).isEqualTo(detail);
    }
}
