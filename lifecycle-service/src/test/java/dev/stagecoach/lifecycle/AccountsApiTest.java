package dev.stagecoach.lifecycle;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.stagecoach.events.AccountContacts;
import dev.stagecoach.events.AccountFacts;
import dev.stagecoach.events.ChangedBy;
import dev.stagecoach.events.Event;
import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.Instance;
import dev.stagecoach.events.Product;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.events.Topics;
import dev.stagecoach.platform.Platform;
import dev.stagecoach.testing.InjectPlatform;
import dev.stagecoach.testing.StagecoachPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be told about accounts over HTTP, and how mistakes are answered. */
@QuarkusTest
@QuarkusTestResource(
        value = StagecoachPlatform.class,
        initArgs = {
            @ResourceArg(name = StagecoachPlatform.PARTS, value = "kafka,postgres"),
            @ResourceArg(name = StagecoachPlatform.DATABASE, value = "lifecycle")
        })
class AccountsApiTest {
    private static final String PROBLEM = "application/problem+json";

    @InjectPlatform
    Platform platform;

    @Inject
    AgroalDataSource database;

    @Test
    void anAccountIsToldOnItsTopic() {
        // When
        put("/v1/accounts/globex", """
                {"name": "Globex", "segment": "scaled", "products": ["code-search", "cody"], "seats": 120,
                 "contractClosedOn": "2025-01-10", "renewsOn": "2026-01-10", "timezone": "Europe/Berlin",
                 "owners": {"technicalAdvisor": "tam@team.example", "accountExecutive": "ae@team.example"},
                 "instances": ["i1", {"id": "staging", "production": false}]}
                """)
                .statusCode(201)
                .body("account", equalTo("globex"))
                .body("seats", equalTo(120));

        // Then
        await().untilAsserted(() -> assertThat(accounts().recordsOf("globex")).hasSize(1));
        var told = accounts().recordsOf("globex").get(0);
        assertThat(Topic.header(told, EventHeaders.TYPE)).isEqualTo("stagecoach.account.facts.v1");
        assertThat(Topic.header(told, EventHeaders.SUBJECT)).isEqualTo("globex");
        assertThat(Topic.header(told, EventHeaders.SOURCE)).isEqualTo("/lifecycle-service/api");
        assertThat(Topic.header(told, EventHeaders.SPEC_VERSION)).isEqualTo("1.0");
        assertThat(Topic.header(told, EventHeaders.ID)).isNotBlank();
        assertThat(Topic.header(told, EventHeaders.CONTENT_TYPE)).isEqualTo("application/json");
        AccountFacts facts = (AccountFacts) Topic.event(told).data();
        assertThat(facts.segment()).isEqualTo(Segment.SCALED);
        assertThat(facts.products()).containsExactly(Product.CODE_SEARCH, Product.CODY);
        assertThat(facts.instances()).containsExactly(new Instance("i1", true), new Instance("staging", false));
        assertThat(facts.timezone()).hasToString("Europe/Berlin");
        assertThat(new String(told.value(), StandardCharsets.UTF_8)).contains("{\"id\":\"i1\",\"production\":true}");
    }

    @Test
    void factsThatDidNotChangeTellNothing() {
        // Given
        String facts = "{\"name\": \"Initech\", \"segment\": \"digital\", \"seats\": 10}";
        put("/v1/accounts/initech", facts).statusCode(201);

        // When
        put("/v1/accounts/initech", facts).statusCode(200);
        put("/v1/accounts/initech", facts.replace("10", "20")).statusCode(200).body("seats", equalTo(20));

        // Then
        await().untilAsserted(() -> assertThat(accounts().eventsOf("initech")).hasSize(2));
        assertThat(accounts().eventsOf("initech")).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void anAccountCanBeReadAsSoonAsItIsTold() {
        // When
        put("/v1/accounts/hooli", "{\"name\": \"Hooli\", \"segment\": \"managed\"}")
                .statusCode(201);

        // Then
        api().get("/v1/accounts/hooli")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("facts.name", equalTo("Hooli"))
                .body("facts.segment", equalTo("managed"));
        api().get("/v1/accounts/hooli/history").then().statusCode(200).body("$", hasSize(0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {                                                                      | 400 | not JSON          | unexpected end of input
                    ''                                                                     | 400 | body              | not
                    []                                                                     | 400 | not a JSON object | JSON
                    {"name":"X","segment":"digital"} {}                                    | 400 | JSON              | body
                    {"name":"X","segment":"digital","seatz":5}                             | 400 | seatz             | seats
                    {"name":"X","segment":"big"}                                           | 400 | big               | digital
                    {"name":"X"}                                                           | 400 | segment           | missing
                    {"segment":"digital"}                                                  | 400 | name              | missing
                    {"name":" ","segment":"digital"}                                       | 400 | name              | missing
                    {"name":"X","segment":"digital","products":["mail"]}                   | 400 | mail              | code-search
                    {"name":"X","segment":"digital","seats":0}                             | 400 | seats: 0          | >= 1
                    {"name":"X","segment":"digital","seats":1.5}                           | 400 | seats             | 1.5
                    {"name":"X","segment":"digital","seats":"many"}                        | 400 | seats             | many
                    {"name":"X","segment":"digital","renewsOn":"2025-02-30"}               | 400 | renewsOn          | 2025-02-30
                    {"name":"X","segment":"digital","renewsOn":"soon"}                     | 400 | renewsOn          | soon
                    {"name":"X","segment":"digital","timezone":"Mars/Base"}                | 400 | timezone          | Mars/Base
                    {"name":"X","segment":"digital","account":"other"}                     | 400 | other             | wrong
                    {"name":"X","segment":"digital","instances":[{"production":true}]}     | 400 | id                | missing
                    {"name":"X","segment":"digital","stageByHand":{}}                      | 400 | stageByHand       | /stage
                    {"name":"X","segment":"digital","signals":{}}                          | 400 | signals           | PUT /v1/accounts/wrong/signals
                    {"name":"X","segment":"digital","churnedOn":"2025-01-01"}              | 400 | churnedOn         | POST /v1/accounts/wrong/churn
                    {"name":"X","segment":"digital","changedBy":{}}                        | 400 | changedBy         | author
                    {"name":"X","segment":"digital","contractClosedOn":"2025-01-10","renewsOn":"2025-01-10"} | 422 | renewsOn | contractClosedOn
                    {"name":"X","segment":"digital","renewsOn":"2025-01-10","extendedUntil":"2025-01-09"}    | 422 | extendedUntil | renewsOn
                    {"name":"X","segment":"digital","renewsOn":"2025-01-10","extendedUntil":"2025-02-10"}    | 422 | extendedUntil | renewsOn
                    {"name":"X","segment":"digital","extendedUntil":"2025-02-10"}          | 422 | extendedUntil     | renewsOn
                    {"name":"X","segment":"digital","seats":5,"unlimitedSeats":true}       | 422 | seats             | unlimitedSeats
                    {"name":"X","segment":"digital","instances":["a","a"]}                 | 422 | instances         | twice
                    {"name":"X","segment":"digital","renewsOn":"2201-01-01"}               | 422 | renewsOn: 2201-01-01 | 1990-01-01 to 2200-12-31
                    {"name":"X","segment":"digital","renewsOn":"+999999999-12-31"}         | 422 | renewsOn: +999999999-12-31 | 1990-01-01 to 2200-12-31
                    {"name":"X","segment":"digital","contractClosedOn":"1989-12-31"}       | 422 | contractClosedOn: 1989-12-31 | 1990-01-01 to 2200-12-31
                    {"name":"X","segment":"digital","expectedCloseOn":"0202-06-01"}        | 422 | expectedCloseOn: 0202-06-01 | 1990-01-01 to 2200-12-31
                    {"name":"X","segment":"digital","renewsOn":"2200-12-30","extendedUntil":"+10000-01-01"} | 422 | extendedUntil: +10000-01-01 | 1990-01-01 to 2200-12-31
                    {"name":"X\\u0000Y","segment":"digital"}                                | 422 | name              | U+0000
                    {"name":"X\\ud800","segment":"digital"}                                 | 422 | name              | half a character
                    {"name":"X","segment":"digital","instances":["i\\u0000"]}               | 422 | instances[0]      | U+0000
                    {"name":"X","segment":"digital","owners":{"technicalAdvisor":"\\u0000"}} | 422 | owners.technicalAdvisor | U+0000
                    """)
    void factsThatAreWrongAreNotKept(String body, int status, String named, String expected) {
        // When
        put("/v1/accounts/wrong", body)
                // Then
                .statusCode(status)
                .contentType(PROBLEM)
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("detail", containsString(named))
                .body("detail", containsString(expected));
        api().get("/v1/accounts/wrong").then().statusCode(404).contentType(PROBLEM);
    }

    @Test
    void whatNoRecordCouldHoldIsRefusedAndHoldsNothingUp() {
        // Given
        tellOf("titanic");
        String names = "{\"name\": \"" + "x".repeat(201) + "\", \"segment\": \"digital\"}";
        String instances =
                IntStream.range(0, 1_001).mapToObj(n -> "\"i" + n + "\"").collect(joining(","));
        String people = IntStream.range(0, 1_000)
                .mapToObj(n -> "{\"id\": \"%d%s\", \"name\": \"%s\", \"email\": \"a@example.com\"}"
                        .formatted(n, "\u20ac".repeat(190), "\u20ac".repeat(200)))
                .collect(joining(","));

        // When
        put("/v1/accounts/titanic", names)
                // Then
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", equalTo("name: 201 characters (expected: at most 200)"));
        put("/v1/accounts/titanic", "{\"name\": \"X\", \"segment\": \"digital\", \"instances\": [" + instances + "]}")
                .statusCode(422)
                .body("detail", equalTo("instances: 1001 of them (expected: at most 1000)"));
        put("/v1/accounts/titanic/contacts", "{\"contacts\": [" + people + "]}")
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", containsString("stagecoach.account.contacts.v1 of titanic: "))
                .body("detail", containsString(" bytes (expected: at most 900000)"));
        put("/v1/accounts/titanic", "{\"name\": \"After\", \"segment\": \"digital\"}")
                .statusCode(200);
        await().untilAsserted(() -> assertThat(accounts().eventsOf("titanic")).hasSize(2));
    }

    @Test
    void nothingCanBeToldWhileTopicsAreReadAgain() throws SQLException {
        // Given
        tellOf("phoenix");
        String contacts = "{\"contacts\": []}";
        String facts = "{\"name\": \"Phoenix\", \"segment\": \"digital\", \"seats\": 9}";
        execute(
                "insert into consumed_offset (topic, partition, next_offset, replay_until) values ('replayed', 0, 41, 42)");

        // When
        try {
            put("/v1/accounts/phoenix", facts)
                    // Then
                    .statusCode(503)
                    .contentType(PROBLEM)
                    .body("detail", containsString("try again"));
            put("/v1/accounts/phoenix/contacts", contacts).statusCode(503);
            csv("account,name,segment\nphoenix,Phoenix,digital\n").statusCode(503);
            api().delete("/v1/accounts/phoenix/stage?author=dana@team.example")
                    .then()
                    .statusCode(503);
            api().get("/v1/accounts/phoenix").then().statusCode(200).body("facts.name", equalTo("phoenix"));
            execute("update consumed_offset set next_offset = 42 where topic = 'replayed'");
            put("/v1/accounts/phoenix", facts).statusCode(200);
        } finally {
            execute("delete from consumed_offset where topic = 'replayed'");
        }
    }

    @Test
    void anAccountIdIsPlain() {
        // When
        api().body("{\"name\": \"X\", \"segment\": \"digital\"}")
                .put("/v1/accounts/{id}", "a b")
                .then()
                // Then
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", containsString("account: a b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/history", "/contacts", "/stage"})
    void anUnknownAccountIsAnsweredWithWhatToDo(String resource) {
        // Given
        String path = "/v1/accounts/nobody" + resource;
        String body = resource.equals("/stage")
                ? "{\"stage\": \"Adopting\", \"until\": \"2199-01-01\", \"reason\": \"r\", \"author\": \"a\"}"
                : "{\"contacts\": []}";
        boolean isRead = resource.isEmpty() || resource.equals("/history");

        // When
        (isRead ? api().get(path) : api().body(body).put(path))
                .then()
                // Then
                .statusCode(404)
                .contentType(PROBLEM)
                .body("detail", containsString("PUT /v1/accounts/nobody"));
    }

    @Test
    void contactsAreToldOnTheirTopicAndKeptNowhereElse() {
        // Given
        tellOf("umbrella");

        // When
        put("/v1/accounts/umbrella/contacts", """
                {"contacts": [
                  {"id": "c1", "name": "Ana Ruiz", "email": "ana@umbrella.example", "roles": ["champion", "instance-admin"]},
                  {"id": "c2", "name": "Bo Lind", "email": "bo@umbrella.example", "roles": ["program-contact"], "timezone": "Europe/Oslo"}]}
                """).statusCode(200).body("contacts", hasSize(2));

        // Then
        Topic contacts = new Topic(platform.bootstrapServers(), Topics.CONTACTS);
        await().untilAsserted(() -> assertThat(contacts.recordsOf("umbrella")).hasSize(1));
        var told = contacts.recordsOf("umbrella").get(0);
        assertThat(Topic.header(told, EventHeaders.TYPE)).isEqualTo("stagecoach.account.contacts.v1");
        AccountContacts data = (AccountContacts) Topic.event(told).data();
        assertThat(data.contacts().get(0).roles()).containsExactly(Role.CHAMPION, Role.INSTANCE_ADMIN);
        assertThat(accounts().recordsOf("umbrella"))
                .noneMatch(one -> new String(one.value(), StandardCharsets.UTF_8).contains("ana@"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {                                                                                   | 400 | not JSON
                    {"people":[]}                                                                       | 400 | people
                    {"contacts":[{"id":"c1","name":"Ana","email":"a@b.example","roles":["boss"]}]}      | 400 | boss
                    {"contacts":[{"id":"c1","name":"Ana","roles":["champion"]}]}                        | 400 | email
                    {"contacts":[{"id":"c1","name":"Ana","email":"ana at b","roles":["champion"]}]}     | 422 | email
                    {"contacts":[{"id":"c1","name":"A","email":"a@b.example"},{"id":"c1","name":"B","email":"b@b.example"}]} | 422 | c1
                    {"contacts":[{"id":"ana@b.example","name":"Ana","email":"ana@b.example"}]}         | 422 | no address
                    {"contacts":[{"id":"c1","name":"A\\u0000","email":"a@b.example","roles":["champion"]}]} | 422 | contacts[0].name
                    """)
    void contactsThatAreWrongAreNotTold(String body, int status, String named) {
        // Given
        tellOf("stark");

        // When
        put("/v1/accounts/stark/contacts", body)
                // Then
                .statusCode(status)
                .contentType(PROBLEM)
                .body("detail", containsString(named));
        assertThat(new Topic(platform.bootstrapServers(), Topics.CONTACTS).recordsOf("stark"))
                .isEmpty();
    }

    @Test
    void aStageIsSetByHandAndTakenBack() {
        // Given
        tellOf("wayne");

        // When
        put("/v1/accounts/wayne/stage", """
                {"stage": "Nurturing", "until": "2199-01-31", "reason": "pilot extended", "author": "dana@team.example"}
                """).statusCode(200).body("stage", equalTo("Nurturing"));
        // and the facts are told again, without it
        put("/v1/accounts/wayne", "{\"name\": \"Wayne\", \"segment\": \"digital\", \"seats\": 7}")
                .statusCode(200);
        api().delete("/v1/accounts/wayne/stage")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("author"));
        api().delete("/v1/accounts/wayne/stage?author=dana@team.example").then().statusCode(204);

        // Then
        await().untilAsserted(() -> assertThat(accounts().eventsOf("wayne")).hasSize(4));
        List<AccountFacts> told = accounts().eventsOf("wayne").stream()
                .map(event -> (AccountFacts) event.data())
                .toList();
        assertThat(told.get(0).stageByHand()).isNull();
        assertThat(told.get(1).stageByHand()).isNotNull();
        assertThat(told.get(1).stageByHand().stage()).isEqualTo(Stage.NURTURING);
        assertThat(told.get(2).stageByHand()).isEqualTo(told.get(1).stageByHand());
        assertThat(told.get(2).seats()).isEqualTo(7);
        assertThat(told.get(3).stageByHand()).isNull();
        assertThat(told.get(1).changedBy())
                .isEqualTo(new ChangedBy("dana@team.example", "stage-by-hand", "pilot extended"));
        assertThat(told.get(2).changedBy()).isNull();
        assertThat(told.get(3).changedBy()).isEqualTo(new ChangedBy("dana@team.example", "stage-by-rule", null));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"stage":"Sleeping","until":"2199-01-31","reason":"r","author":"a"}          | Sleeping | Nurturing
                    {"stage":"Nurturing","until":"2199-01-31","author":"a"}                      | reason   | missing
                    {"stage":"Nurturing","until":"2199-01-31","reason":"r"}                      | author   | missing
                    {"stage":"Nurturing","reason":"r","author":"a"}                              | until    | missing
                    {"stage":"Nurturing","until":"31.1.2031","reason":"r","author":"a"}          | until    | 31.1.2031
                    {"until":"2199-01-31","reason":"r","author":"a"}                             | stage    | missing
                    """)
    void aStageByHandNeedsAllItsParts(String body, String named, String expected) {
        // Given
        tellOf("oscorp");

        // When
        put("/v1/accounts/oscorp/stage", body)
                // Then
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString(named))
                .body("detail", containsString(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"stage":"Nurturing","until":"9999-12-31","reason":"r","author":"a"}         | until: +?9999-12-31.*1990-01-01 to 2200-12-31.*
                    {"stage":"Nurturing","until":"2199-01-31","reason":"r\\u0000","author":"a"}   | reason: .*U[+]0000.*
                    {"stage":"Nurturing","until":"2199-01-31","reason":"r","author":"\\udc00"}    | author: .*half a character.*
                    """)
    void aStageByHandIsRefusedForWhatItHolds(String body, String detail) {
        // Given
        tellOf("cyberdyne");

        // When
        put("/v1/accounts/cyberdyne/stage", body)
                // Then
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", matchesPattern(detail));
    }

    @Test
    void anAddressWithU0000NamesNothing() {
        // When
        api().urlEncodingEnabled(false)
                .get("/v1/accounts/a%00b")
                .then()
                // Then
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("U+0000"));
        api().urlEncodingEnabled(false)
                .delete("/v1/accounts/a/stage?author=dana%00")
                .then()
                .statusCode(400)
                .contentType(PROBLEM);
    }

    @Test
    void aTableOfAccountsIsImported() {
        // When
        String table = """
                account,name,segment,products,seats,contractClosedOn,technicalAdvisor,instances
                csv-1,"Acme, Inc",digital,code-search;cody,25,2025-01-10,tam@team.example,i1;i2
                csv-2,Beta,scaled,,,,,
                """;
        // as spreadsheets save it
        csv("\uFEFF" + table.replace("\n", "\r\n")).statusCode(200).body("imported", equalTo(2));

        // Then
        api().get("/v1/accounts/csv-1")
                .then()
                .body("facts.name", equalTo("Acme, Inc"))
                .body("facts.products", contains("code-search", "cody"))
                .body("facts.seats", equalTo(25))
                .body("facts.owners.technicalAdvisor", equalTo("tam@team.example"))
                .body("facts.instances.id", contains("i1", "i2"));
        await().untilAsserted(() -> assertThat(accounts().eventsOf("csv-2")).hasSize(1));
    }

    @Test
    void theGoodRowsOfATableAreKept() {
        // When
        csv("""
                account,name,segment,seats,contractClosedOn,renewsOn,unlimitedSeats
                rows-1,Good,digital,5,,,
                rows-2,Bad segment,huge,5,,,
                rows-3,Bad seats,digital,five,,,
                rows-4,Bad dates,digital,5,2025-05-01,2025-04-01,
                rows-5,Too few cells,digital
                ,No id,digital,5,,,
                rows-7,Bad flag,digital,,,,perhaps
                rows-8,Good too,digital,8,,,
                rows-9,Mistyped,digital,8,2025-05-01,20260-05-01,
                rows-10,U\0V,digital,8,,,
                rows-11,Too late,digital,8,2025-05-01,2206-05-01,
                """)
                // Then
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", containsString("2 accounts were imported"))
                .body("errors", hasSize(9))
                .body("errors[0]", containsString("line 3"))
                .body("errors[0]", containsString("huge"))
                .body("errors[1]", containsString("line 4"))
                .body("errors[1]", containsString("seats: five"))
                .body("errors[2]", containsString("line 5"))
                .body("errors[2]", containsString("renewsOn"))
                .body("errors[2]", containsString("contractClosedOn"))
                .body("errors[3]", containsString("line 6"))
                .body("errors[4]", containsString("line 7"))
                .body("errors[4]", containsString("account"))
                .body("errors[5]", containsString("line 8"))
                .body("errors[5]", containsString("perhaps"))
                .body("errors[6]", containsString("20260-05-01"))
                .body("errors[7]", containsString("name: holds U+0000"))
                .body("errors[8]", containsString("renewsOn: 2206-05-01 (expected: 1990-01-01 to 2200-12-31)"));
        api().get("/v1/accounts/rows-1").then().statusCode(200);
        api().get("/v1/accounts/rows-4").then().statusCode(404);
        api().get("/v1/accounts/rows-8").then().statusCode(200).body("facts.seats", equalTo(8));
    }

    @Test
    void aTableWithoutItsHeaderIsRefused() {
        // When
        csv("acme,Acme,digital\n").statusCode(400).contentType(PROBLEM).body("detail", containsString("header"));
        csv("name,segment\nAcme,digital\n").statusCode(400).body("detail", containsString("account"));
        csv("account,name,colour\nacme,Acme,red\n").statusCode(400).body("detail", containsString("colour"));
        csv("").statusCode(400).contentType(PROBLEM);

        // Then
        api().contentType("text/csv")
                .body("account,name\nx,\u00fc\n".getBytes(StandardCharsets.ISO_8859_1))
                .post("/v1/accounts/import")
                .then()
                .statusCode(400)
                .body("detail", containsString("UTF-8"));
    }

    @Test
    void nobodyGetsInWithoutAToken() {
        // When
        given().get("/v1/accounts")
                .then()
                // Then
                .statusCode(401)
                .contentType(PROBLEM)
                .header("WWW-Authenticate", containsString("Bearer"));
        given().header("Authorization", "Bearer guess")
                .get("/v1/accounts")
                .then()
                .statusCode(401);
        given().header("Authorization", "Basic dGVzdA==")
                .get("/v1/accounts")
                .then()
                .statusCode(401);
        given().contentType(ContentType.JSON)
                .body("{")
                .put("/v1/accounts/x")
                .then()
                .statusCode(401);
    }

    @Test
    void aBodyOf5MegabytesIsRefused() {
        // When
        api().body("{\"name\": \"" + "x".repeat(5 << 20) + "\"}")
                .put("/v1/accounts/large")
                .then()
                // Then
                .statusCode(413)
                .contentType(PROBLEM)
                .body("detail", containsString("4194304"));
        api().get("/v1/accounts/large").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {5 << 20, 31 << 20})
    void aBodyThatDoesNotSayHowLongItIsHasTheSameLimit(int bytes) throws Exception {
        // When
        byte[] body = ("{\"name\": \"" + "x".repeat(bytes) + "\", \"segment\": \"digital\"}")
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response = inChunks("/v1/accounts/chunked", body);

        // Then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(PROBLEM);
        assertThat(response.body()).contains("4194304");
        api().get("/v1/accounts/chunked").then().statusCode(404);
        assertThat(inChunks(
                                "/v1/accounts/in-chunks",
                                "{\"name\": \"X\", \"segment\": \"digital\"}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isIn(200, 201);
    }

    private static HttpResponse<String> inChunks(String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Authorization", "Bearer test")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void otherContentMethodsAndPathsAreProblemsToo() {
        // When
        api().contentType("application/xml")
                .body("<a/>")
                .put("/v1/accounts/x")
                .then()
                // Then
                .statusCode(415)
                .contentType(PROBLEM);
        api().contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/accounts/import")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
        api().body("{}").post("/v1/accounts/x").then().statusCode(405).contentType(PROBLEM);
        api().get("/v1/customers").then().statusCode(404).contentType(PROBLEM);
        api().get("/v1/accounts?limit=0").then().statusCode(400).contentType(PROBLEM);
        api().get("/v1/accounts?limit=many").then().statusCode(400).contentType(PROBLEM);
        api().get("/v1/accounts?health=splendid")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("concerning"));
        api().get("/v1/accounts?stage=Sleeping")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("Onboarding"));
    }

    @Test
    void theServiceIsReadyAndDescribesItself() {
        // When
        await().untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));

        // Then
        given().get("/q/health/live").then().statusCode(200).body("checks.name", hasItem("threads"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("stagecoach_lifecycle_accounts_put_off 0.0"));
        given().accept(ContentType.JSON)
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/v1/accounts/{account}'.put", notNullValue());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Topic accounts() {
        return new Topic(platform.bootstrapServers(), Topics.ACCOUNTS);
    }

    private static void tellOf(String account) {
        api().body("{\"name\": \"" + account + "\", \"segment\": \"digital\"}").put("/v1/accounts/" + account);
    }

    private static ValidatableResponse put(String path, String body) {
        return api().body(body.getBytes(StandardCharsets.UTF_8)).put(path).then();
    }

    private static ValidatableResponse csv(String body) {
        return api().contentType("text/csv")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/accounts/import")
                .then();
    }

    private static RequestSpecification api() {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("text/csv", ContentType.TEXT)
                                .encodeContentTypeAs("application/xml", ContentType.TEXT)))
                .header("Authorization", "Bearer test")
                .contentType(ContentType.JSON);
    }
}
