package dev.stagecoach.lifecycle;

import static dev.stagecoach.lifecycle.Fixtures.tickOf;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.stagecoach.events.DecisionId;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventCodec;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.TimeTick;
import dev.stagecoach.events.Topics;
import dev.stagecoach.events.WriteKeyFacts;
import dev.stagecoach.events.WriteKeyScope;
import dev.stagecoach.events.WriteKeySecret;
import dev.stagecoach.lifecycle.key.WriteKeyText;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Write keys over HTTP, in the table, and on their topic. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class WriteKeysApiTest {
    private static final int PARTITIONS = 3;
    private static final String OF_VAULT =
            "{\"author\": \"dana\", \"name\": \"Vault\", \"scope\": {\"accounts\": [\"vault\"]}, \"eventsPerSecond\": 50}";

    @InjectPlatform
    Platform platform;

    @Inject
    AgroalDataSource database;

    /** Time stands still for all tests of this class. */
    private static Instant now = Instant.MIN;

    @BeforeEach
    void itIsSomeDayAndVaultIsKnown() {
        if (now.equals(Instant.MIN)) {
            now = tickOf(Years.begin());
            tick();
            api().body("{\"name\": \"Vault\", \"segment\": \"digital\"}")
                    .put("/v1/accounts/vault")
                    .then()
                    .statusCode(201);
        }
    }

    private void tick() {
        TimeTick tick = new TimeTick(now);
        try (var kafka = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", platform.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                Event<TimeTick> event = new Event<>(
                        DecisionId.of("tick", now, partition),
                        EventType.TIME_TICK,
                        Topics.TIME_TICKS,
                        "/test",
                        null,
                        now,
                        null,
                        tick);
                assertThat(kafka.send(EventCodec.toRecord(event, partition))).succeedsWithin(Duration.ofSeconds(30));
            }
        }
        await().untilAsserted(() -> assertThat(column("select max(at) >= '" + now + "' from partition_clock"))
                .containsExactly("t"));
    }

    @Test
    void aKeyIsHandedOutOnceAndToldAsAHash() {
        // When
        ValidatableResponse answer = api().body(OF_VAULT).post("/v1/write-keys").then();
        // Then
        answer.statusCode(201)
                .header("Cache-Control", "no-store")
                .body("writeKey", matchesPattern("sc_[a-z0-9]{10}_[A-Za-z0-9]{32}"))
                .body("details.name", equalTo("Vault"))
                .body("details.eventsPerSecond", equalTo(50))
                .body("details.changes[0].author", equalTo("dana"))
                .body("details.changes[0].at", equalTo(now.toString()));
        String key = answer.extract().path("writeKey");
        String id = answer.extract().path("details.id");
        assertThat(key).startsWith("sc_" + id + "_");
        WriteKeyFacts told = told(id, 1).get(0);
        assertThat(told.scope()).isEqualTo(WriteKeyScope.of(List.of("vault")));
        assertThat(told.eventsPerSecond()).isEqualTo(50);
        assertThat(told.secrets()).containsExactly(new WriteKeySecret(hash(key), null));
        assertThat(Topic.header(writeKeys().recordsOf(id).get(0), EventHeaders.TYPE))
                .isEqualTo("stagecoach.write-key.v1");
        api().get("/v1/write-keys/" + id).then().statusCode(200).body("name", equalTo("Vault"));
    }

    @Test
    void theSecretStandsInNoTopicAndNoTableAndNoOtherAnswer() {
        // Given
        List<String> keys = new ArrayList<>();
        String id = create(OF_VAULT, keys);
        keys.add(api().body("{\"author\": \"dana\"}")
                .post("/v1/write-keys/" + id + "/rotate")
                .path("writeKey"));
        api().delete("/v1/write-keys/" + id + "?author=dana").then().statusCode(200);
        told(id, 3);
        // Then
        for (String key : keys) {
            String secret = key.substring(key.lastIndexOf('_') + 1);
            api().get("/v1/write-keys/" + id).then().body(not(containsString(secret)));
            api().get("/v1/write-keys?limit=500")
                    .then()
                    .body(containsString(id))
                    .body(not(containsString(secret)));
            for (String topic : Topics.names()) {
                assertThat(new Topic(platform.bootstrapServers(), topic).records())
                        .as(topic)
                        .noneMatch(one -> one.value() != null && new String(one.value(), UTF_8).contains(secret));
            }
            assertThat(column("select id from write_key where write_key::text like '%" + secret + "%'"))
                    .isEmpty();
        }
    }

    @Test
    void aRotatedKeyHasBothTextsUntilTheGraceTimeIsOver() {
        // Given
        List<String> keys = new ArrayList<>();
        String id = create(OF_VAULT, keys);
        // When
        ValidatableResponse answer = api().body("{\"author\": \"lee\", \"graceHours\": 2, \"note\": \"yearly\"}")
                .post("/v1/write-keys/" + id + "/rotate")
                .then();
        // Then
        Instant end = now.plus(Duration.ofHours(2));
        answer.statusCode(201)
                .header("Cache-Control", "no-store")
                .body("details.id", equalTo(id))
                .body("details.olderGoodUntil", equalTo(end.toString()))
                .body("details.changes[1].act", equalTo("rotated"))
                .body("details.changes[1].author", equalTo("lee"))
                .body("details.changes[1].note", equalTo("yearly"));
        String newest = answer.extract().path("writeKey");
        assertThat(newest).startsWith("sc_" + id + "_").isNotEqualTo(keys.get(0));
        assertThat(told(id, 2).get(1).secrets())
                .containsExactly(new WriteKeySecret(hash(keys.get(0)), end), new WriteKeySecret(hash(newest), null));
    }

    @Test
    void aDayIsTheUsualGraceTimeAndNoneIsPossible() {
        // Given
        String id = create(OF_VAULT, new ArrayList<>());
        // When
        rotate(id, "{\"author\": \"dana\"}")
                .statusCode(201)
                .body(
                        "details.olderGoodUntil",
                        equalTo(now.plus(Duration.ofDays(1)).toString()));
        // Then
        rotate(id, "{\"author\": \"dana\", \"graceHours\": 0}")
                .statusCode(201)
                .body("details.olderGoodUntil", nullValue());
        assertThat(told(id, 3).get(2).secrets()).hasSize(1);
    }

    @Test
    void aRevokedKeyHasNoTextAndStaysRevoked() {
        // Given
        String id = create(OF_VAULT, new ArrayList<>());
        // When
        revoke(id, "dana").statusCode(200).body("revokedAt", equalTo(now.toString()));
        revoke(id, "lee")
                // Then
                .statusCode(200)
                .body("changes.author", equalTo(List.of("dana", "dana")));
        rotate(id, "{\"author\": \"dana\"}").statusCode(409).body("detail", containsString("is revoked, for good"));
        List<WriteKeyFacts> told = told(id, 2);
        assertThat(told.get(1).secrets()).isEmpty();
        assertThat(told.get(1).revokedAt()).isEqualTo(now);
        assertThat(writeKeys().recordsOf(id)).hasSize(2);
    }

    @Test
    void aKeyCanBeForASetOfAccountsOrForAllWithAProduct() {
        // Given
        api().body("{\"name\": \"Cellar\", \"segment\": \"digital\"}").put("/v1/accounts/cellar");
        // When
        String set = create(
                "{\"author\": \"dana\", \"name\": \"Both\", \"scope\": {\"accounts\": [\"vault\", \"cellar\", \"vault\"]}}",
                new ArrayList<>());
        String product = create(
                "{\"author\": \"dana\", \"name\": \"Cody\", \"scope\": {\"product\": \"cody\"}}", new ArrayList<>());
        // Then
        assertThat(told(set, 1).get(0).scope()).isEqualTo(WriteKeyScope.of(List.of("vault", "cellar")));
        assertThat(told(product, 1).get(0).scope()).isEqualTo(WriteKeyScope.of(Product.CODY));
        api().get("/v1/write-keys/" + product).then().body("scope.product", equalTo("cody"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name":"X","scope":{"product":"cody"}}                                              | 400 | author: missing
                    {"author":"d","scope":{"product":"cody"}}                                            | 400 | name: missing
                    {"author":"d","name":"X"}                                                            | 400 | scope: missing
                    {"author":"d","name":"X","scope":{}}                                                 | 400 | scope: neither accounts nor a product
                    {"author":"d","name":"X","scope":{"accounts":["vault"],"product":"cody"}}            | 400 | scope: both
                    {"author":"d","name":"X","scope":{"accounts":[]}}                                    | 400 | scope.accounts: none
                    {"author":"d","name":"X","scope":{"product":"mail"}}                                 | 400 | mail
                    {"author":"d","name":"X","scope":{"accounts":["vault","nobody"]}}                    | 422 | scope.accounts: nobody (expected: an account that is known
                    {"author":"d","name":"X","scope":{"product":"cody"},"eventsPerSecond":0}             | 422 | eventsPerSecond: 0 (expected: 1 to 1000000)
                    {"author":"d","name":"X","scope":{"product":"cody"},"secret":"s"}                    | 400 | there is no field secret
                    """)
    void aKeyThatIsWrongIsNotHandedOut(String body, int status, String detail) {
        api().body(body)
                .post("/v1/write-keys")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }

    @Test
    void aKeyWithAsManyTextsAsItMayHaveGetsNoOtherOne() {
        // Given
        String id = create(OF_VAULT, new ArrayList<>());
        for (int times = 0; times < 4; times++) {
            rotate(id, "{\"author\": \"dana\"}").statusCode(201);
        }
        // Then
        rotate(id, "{\"author\": \"dana\"}").statusCode(409).body("detail", containsString("5 texts of it are good"));
        rotate(id, "{\"author\": \"dana\", \"graceHours\": 0}").statusCode(201);
    }

    @Test
    void whileTopicsAreReadAgainAKeyCanBeRevokedAndNothingElse() throws SQLException {
        // Given
        String id = create(OF_VAULT, new ArrayList<>());
        execute(
                "insert into consumed_offset (topic, partition, next_offset, replay_until) values ('replayed keys', 0, 41, 42)");
        try {
            // Then
            api().body(OF_VAULT).post("/v1/write-keys").then().statusCode(503);
            rotate(id, "{\"author\": \"dana\"}").statusCode(503);
            revoke(id, "dana").statusCode(200);
        } finally {
            execute("delete from consumed_offset where topic = 'replayed keys'");
        }
    }

    /** As docs/operating.md says for a topic that was lost. */
    @Test
    void allKeysCanBeToldAgainFromTheTable() throws SQLException {
        // Given
        String id = create(OF_VAULT, new ArrayList<>());
        WriteKeyFacts before = told(id, 1).get(0);
        // When
        execute("""
                insert into outbox (id, type, topic, source, account, time, value)
                select gen_random_uuid(), 'stagecoach.write-key.v1', 'write-keys', '/operator', id, now(), convert_to(facts::text, 'UTF8')
                from write_key
                """);
        // Then
        assertThat(told(id, 2).get(1)).isEqualTo(before);
    }

    @Test
    void keysAreListedPageByPage() {
        // Given
        List<String> created = List.of(create(OF_VAULT, new ArrayList<>()), create(OF_VAULT, new ArrayList<>()));
        // When
        List<String> listed = new ArrayList<>();
        String after = "";
        while (after != null) {
            var page = api().get("/v1/write-keys?limit=1&after=" + after).then().statusCode(200);
            listed.addAll(page.extract().path("keys.id"));
            after = page.extract().path("next");
        }
        // Then
        assertThat(listed).containsAll(created).doesNotHaveDuplicates().isSorted();
        api().get("/v1/write-keys?limit=0").then().statusCode(400);
        api().get("/v1/write-keys?limit=500").then().body("keys.id", hasItem(created.get(0)));
    }

    private static String create(String body, List<String> keys) {
        var answer = api().body(body).post("/v1/write-keys").then().statusCode(201);
        keys.add(answer.extract().path("writeKey"));
        return answer.extract().path("details.id");
    }

    private static ValidatableResponse rotate(String id, String body) {
        return api().body(body).post("/v1/write-keys/" + id + "/rotate").then();
    }

    private static ValidatableResponse revoke(String id, String author) {
        return api().delete("/v1/write-keys/" + id + "?author=" + author).then();
    }

    private static String hash(String key) {
        return new WriteKeyText(key.substring(3, 13), key.substring(14)).sha256();
    }

    /** What was told of a key, once there are so many records. */
    private List<WriteKeyFacts> told(String id, int records) {
        await().untilAsserted(() -> assertThat(writeKeys().recordsOf(id)).hasSizeGreaterThanOrEqualTo(records));
        return writeKeys().eventsOf(id).stream()
                .map(event -> (WriteKeyFacts) event.data())
                .toList();
    }

    private Topic writeKeys() {
        return new Topic(platform.bootstrapServers(), Topics.WRITE_KEYS);
    }

    private List<String> column(String query) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer test").contentType("application/json");
    }
}
