package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagecoach.events.Topics;
import dev.stagecoach.local.chaos.Comparison;
import dev.stagecoach.local.chaos.Outcome;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.sample.Portfolio;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Restore yesterday's backup" of docs/operating.md, with the SQL that stands there: PostgreSQL is lost with two weeks of the sample, and all three
 * databases come back as they were before. The topics have gone on.
 */
@DisabledIfSystemProperty(named = "platform", matches = "containers", disabledReason = "kills processes of ours")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreYesterdaysBackupIT {

    private static final LocalDate BACKUP = LocalDate.parse("2025-01-28");
    private static final LocalDate LOSS = LocalDate.parse("2025-02-13");
    private static final LocalDate LAST_DAY = LocalDate.parse("2025-02-20");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECTION = "Restore yesterday's backup";
    private static final String AUTHOR = "dana@team.example.com";

    /** A customer that renews between the backup and the loss, as a person records; nobody else tells of that. */
    private static final String RENEWED = "told-before-the-backup";

    /** A customer that was not there at the backup. */
    private static final String NEW = "told-since-the-backup";

    private static final String[] TOLD_BY_ID = {
        Topics.ACCOUNTS,
        Topics.CONTACTS,
        Topics.WRITE_KEYS,
        Topics.LIFECYCLE_STAGES,
        Topics.LIFECYCLE_HEALTH,
        Topics.LIFECYCLE_MILESTONES,
        Topics.LIFECYCLE_RECAPS,
        Topics.OUTREACH_MESSAGES,
        Topics.OUTREACH_RESPONSES,
        Topics.ALERTS_CUSTOMER_USAGE,
        Topics.ALERTS_SCALED_SUCCESS,
        Topics.ALERTS_GTM_OPERATIONS
    };

    /** What services other than lifecycle-service make of topics, and what lifecycle-service does not make anew in a rebuild. */
    private static final Map<Service, List<String>> KEPT = Map.of(
            Service.LIFECYCLE,
            List.of("select id, account, at, type, data, cause from decision", "select id, facts from account"),
            Service.OUTREACH,
            List.of("select id, account, state from delivery"),
            Service.ALERTS,
            List.of(
                    "select id, account, kind, at, title, facts, topic, channel, audience, caused_by from alert",
                    "select account, id, at, kind, title, detail, caused_by from timeline",
                    "select account, facts from account_facts",
                    "select alert, channel, state from delivery"));

    /** How many accounts are answered otherwise than they are decided by: a figure of the section. */
    private static final String ANSWERED_OTHERWISE =
            "select count(*) from journey j left join account a on a.id = j.account where j.facts is not null and a.facts is distinct from j.facts";

    @TempDir
    private static Path directory;

    private static LocalStack local;
    private static SampleRun run;
    private static ChaosRun outcomes;
    private static LocalApi api;

    private static Key rotated;
    private static Key revoked;
    private static Key created;
    private static String textSince;

    private static Summary atBackup;
    private static Outcome before;
    private static Map<String, List<String>> keptBefore;
    private static Outcome after;
    private static Map<String, List<String>> keptAfter;

    /** A key that was handed out. */
    private record Key(String id, String text) {}

    @BeforeAll
    static void restore() throws SQLException {
        // Given a backup, and what it does not have
        local = LocalStack.start(directory);
        run = new SampleRun(LocalStack.wholeSample(), local.stack(), event -> {});
        outcomes = new ChaosRun(LocalStack.wholeSample(), local.stack(), LAST_DAY, line -> {});
        api = new LocalApi(local.stack());
        run.play(Portfolio.FIRST_DAY, BACKUP, 0, day -> {});
        var backup = backUpWhileFactsWaitToBeTold();
        atBackup = run.summary();
        run.play(BACKUP.plusDays(1), LOSS.minusDays(3), 0, day -> {});
        tellWhatTheBackupDoesNotHave();
        run.play(LOSS.minusDays(2), LOSS, 0, day -> {});
        before = outcomes.outcome(run, 0);
        keptBefore = kept();

        // When
        for (var service : List.of(Service.LIFECYCLE, Service.OUTREACH, Service.ALERTS)) {
            local.stack().kill(service);
        }
        backup.loseAndRestore();
        var sql = Runbook.sqlOf(SECTION);
        assertThat(sql).hasSize(2);
        lifecycle(sql.get(0));
        local.stack().start(Service.LIFECYCLE);
        awaitCaughtUp(Service.LIFECYCLE);
        lifecycle(sql.get(1));
        local.stack().start(Service.OUTREACH);
        local.stack().start(Service.ALERTS);
        awaitCaughtUp(Service.LIFECYCLE, Service.OUTREACH, Service.ALERTS);
        after = outcomes.outcome(run, 0);
        keptAfter = kept();
    }

    @AfterAll
    static void stop() {
        if (run != null) {
            run.close();
        }
        if (local != null) {
            local.close();
        }
    }

    private static PostgresBackup backUpWhileFactsWaitToBeTold() {
        api.put(Service.LIFECYCLE, "/v1/accounts/" + RENEWED, facts("2025-04-15", 100));
        api.put(Service.LIFECYCLE, "/v1/accounts/" + RENEWED + "/contacts", contacts("ana"));
        rotated = key(create("rotated"));
        revoked = key(create("revoked"));
        run.awaitCaughtUp();
        var broker = local.stack().platform().servers().get(0);
        broker.freeze();
        try {
            api.put(Service.LIFECYCLE, "/v1/accounts/" + RENEWED, facts("2025-04-15", 110));
            return PostgresBackup.take(local, directory.resolve("backup"));
        } finally {
            broker.thaw();
            run.awaitCaughtUp();
        }
    }

    private static void tellWhatTheBackupDoesNotHave() {
        api.post(
                Service.LIFECYCLE,
                "/v1/accounts/" + RENEWED + "/renewal",
                Map.of("author", AUTHOR, "renewsOn", "2026-04-15", "seats", 130));
        api.put(Service.LIFECYCLE, "/v1/accounts/" + RENEWED + "/contacts", contacts("bo"));
        api.put(Service.LIFECYCLE, "/v1/accounts/" + NEW, facts("2026-02-20", 40));
        api.put(Service.LIFECYCLE, "/v1/accounts/" + NEW + "/contacts", contacts("cy"));
        textSince = rotate(rotated);
        revoke(revoked);
        created = key(create("created"));
        run.awaitCaughtUp();
    }

    private static void awaitCaughtUp(Service... services) {
        for (var service : services) {
            local.stack().awaitReady(service);
        }
        try (var caughtUp = new CaughtUp(local.stack())) {
            caughtUp.await(services);
        }
    }

    @Test
    @Order(1)
    void whatWasCountedDecidedAndSentIsWhatItWasBeforeTheLoss() {
        // Given that the backup lacks some of all
        assertThat(before.stageChanges()).isGreaterThan(atBackup.stageChanges());
        assertThat(before.alerts()).isGreaterThan(atBackup.alerts());
        assertThat(before.mailsSent()).isGreaterThan(atBackup.mails());

        // Then
        assertThat(Comparison.of(before, after).problems()).isEmpty();
        assertThat(after.publishedAgain()).as("decided again with the same ids").isPositive();
    }

    @Test
    @Order(2)
    void accountsHistoriesAlertsAndTheLedgerOfMailsAreWhatTheyWereBeforeTheLoss() throws SQLException {
        var softly = new SoftAssertions();
        keptBefore.forEach((query, rows) -> softly.assertThat(keptAfter.get(query))
                .as(query)
                .containsExactlyInAnyOrderElementsOf(rows)
                .isNotNull());
        softly.assertAll();
        assertThat(Runbook.section(SECTION)).contains(ANSWERED_OTHERWISE);
        assertThat(rows(Service.LIFECYCLE, ANSWERED_OTHERWISE)).containsExactly("(0)");
    }

    @Test
    @Order(3)
    void aRenewalThatAPersonRecordedSinceHoldsAgainstWhoeverTellsTheOldTerm() {
        // When
        var told = api.put(Service.LIFECYCLE, "/v1/accounts/" + RENEWED, facts("2025-04-15", 110));

        // Then
        assertThat(told.path("renewsOn").asText()).isEqualTo("2026-04-15");
        assertThat(told.path("seats").asInt()).isEqualTo(130);
    }

    @Test
    @Order(4)
    void keysThatWereRotatedOrRevokedSinceAreThatAgain() {
        // Given what goes on as it was
        assertThat(answerTo(rotated.text())).isEqualTo(401);
        assertThat(answerTo(textSince)).isEqualTo(200);
        assertThat(answerTo(revoked.text())).isEqualTo(401);

        // When
        var text = rotate(rotated);
        revoke(revoked);

        // Then
        await().atMost(PATIENCE).until(() -> answerTo(text) == 200);
        assertThat(answerTo(textSince)).isEqualTo(401);
        assertThat(answerTo(rotated.text())).isEqualTo(401);
        assertThat(answerTo(revoked.text())).isEqualTo(401);
        assertThat(api.get(Service.LIFECYCLE, "/v1/write-keys/" + revoked.id())
                        .path("revokedAt")
                        .isNull())
                .isFalse();
    }

    @Test
    @Order(5)
    void aKeyThatWasCreatedSinceEndsWithARecordWithoutAValue() {
        // Given
        assertThat(answerTo(created.text())).isEqualTo(200);

        // When
        end(created);

        // Then
        await().atMost(PATIENCE).until(() -> answerTo(created.text()) == 401);
    }

    @Test
    @Order(6)
    void lifeGoesOn() {
        // Given
        var expected = Expectation.read().upTo(LAST_DAY).linesByAccount();

        // When
        api.put(Service.LIFECYCLE, "/v1/accounts/" + RENEWED + "/contacts", contacts("dee"));
        api.put(Service.LIFECYCLE, "/v1/accounts/" + NEW, facts("2026-02-20", 50));
        run.play(LOSS.plusDays(1), LAST_DAY, 0, day -> {});
        var outcome = outcomes.outcome(run, 0);

        // Then
        var softly = new SoftAssertions();
        for (var account : run.summary().accounts()) {
            softly.assertThat(Expectation.linesOf(account))
                    .as(account.account())
                    .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(expected.get(account.account())));
        }
        softly.assertThat(outcome.mailProblems()).as("mails").isEmpty();
        softly.assertThat(outcome.mailsTwice()).as("mails received twice").isZero();
        softly.assertThat(outcome.ledgerMissing()).as("missing in the ledger").isZero();
        softly.assertThat(PublishedIds.ofDifferentThings(kafka(), TOLD_BY_ID))
                .as("ids that stand for different things")
                .isEmpty();
        softly.assertAll();
    }

    private static Map<String, Object> facts(String renewsOn, int seats) {
        return Map.of(
                "name",
                "Harbor Lights",
                "segment",
                "digital",
                "products",
                List.of("code-search"),
                "contractClosedOn",
                "2025-01-20",
                "renewsOn",
                renewsOn,
                "seats",
                seats);
    }

    private static Map<String, Object> contacts(String id) {
        return Map.of(
                "contacts",
                List.of(Map.of(
                        "id",
                        id,
                        "name",
                        "Ana Ant",
                        "email",
                        id + "@harbor-lights.example",
                        "roles",
                        List.of("instance-admin"))));
    }

    private static JsonNode create(String name) {
        return api.post(
                Service.LIFECYCLE,
                "/v1/write-keys",
                Map.of("author", AUTHOR, "name", name, "scope", Map.of("accounts", List.of(RENEWED))));
    }

    private static Key key(JsonNode issued) {
        return new Key(
                issued.at("/details/id").asText(), issued.path("writeKey").asText());
    }

    private static String rotate(Key key) {
        return api.post(
                        Service.LIFECYCLE,
                        "/v1/write-keys/" + key.id() + "/rotate",
                        Map.of("author", AUTHOR, "graceHours", 0))
                .path("writeKey")
                .asText();
    }

    private static void revoke(Key key) {
        send(HttpRequest.newBuilder(local.stack()
                        .uri(Service.LIFECYCLE)
                        .resolve("/v1/write-keys/" + key.id() + "?author=" + AUTHOR))
                .header("Authorization", "Bearer " + ServiceSettings.TOKEN)
                .DELETE());
    }

    /** As {@code kcat -Z} does with a key and nothing else. */
    private static void end(Key key) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.WRITE_KEYS, key.id(), null))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How usage-ingest answers who sends with a key. */
    private static int answerTo(String writeKey) {
        var credentials = Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(local.stack().uri(Service.INGEST).resolve("/v1/track"))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"userId\":\"ada\",\"event\":\"search\"}")));
    }

    private static int send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String kafka() {
        return local.stack().platform().bootstrapServers();
    }

    private static void lifecycle(String sql) throws SQLException {
        try (var database = database(Service.LIFECYCLE);
                var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, List<String>> kept() throws SQLException {
        var kept = new LinkedHashMap<String, List<String>>();
        for (var queries : KEPT.entrySet()) {
            for (var query : queries.getValue()) {
                kept.put(queries.getKey() + ": " + query, rows(queries.getKey(), query));
            }
        }
        return kept;
    }

    private static List<String> rows(Service service, String query) throws SQLException {
        try (var database = database(service);
                var statement = database.createStatement();
                var rows = statement.executeQuery("select a::text from (" + query + ") a")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static Connection database(Service service) throws SQLException {
        var platform = local.stack().platform();
        return DriverManager.getConnection(
                local.stack().jdbcUrl(service).orElseThrow(), platform.databaseUser(), platform.databasePassword());
    }
}
