package dev.stagecoach.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command asks of lifecycle-service, and what it makes of the answers. WriteKeysApiTest shows what the service really does. */
class KeysTest {

    private static final String KEY = "sc_k3v9q2m8xa_0123456789abcdefghijABCDEFGHIJxy";
    private static final String DETAILS = """
            {"id": "k3v9q2m8xa", "name": "Instances of Acme", "scope": {"accounts": ["acme", "globex"]}, "eventsPerSecond": 500,
             "olderGoodUntil": %s, "revokedAt": %s,
             "changes": [{"act": "created", "author": "dana", "at": "2027-02-10T09:30:05Z", "note": null}]}
            """;

    private record Asked(String request, String authorization, String body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    @TempDir
    private Path home;

    private HttpServer service;
    private final List<Asked> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private int status = 200;
    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void aService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        var bytes = answers.remove().getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int keys(String... arguments) {
        var all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        if (all.stream().noneMatch(argument -> argument.startsWith("--url"))) {
            all.add("--url=http://localhost:" + service.getAddress().getPort() + "/");
        }
        var terminal = new Terminal(new PrintStream(output, true, UTF_8), false);
        return Main.commandLine(home, home.resolve(".stagecoach"), terminal)
                .setErr(new PrintWriter(errors, true))
                .execute(all.toArray(String[]::new));
    }

    private String printed() {
        return output.toString(UTF_8);
    }

    private static String details(String olderGoodUntil, String revokedAt) {
        return DETAILS.formatted(olderGoodUntil, revokedAt);
    }

    private static String issued(String details) {
        return "{\"writeKey\": \"" + KEY + "\", \"details\": " + details + "}";
    }

    @Test
    void createShowsTheKeyAndWhomItIsFor() throws IOException {
        // Given
        answers.add(issued(details("null", "null")));
        // When
        int code = keys(
                "create",
                "--name=Instances of Acme",
                "--account=acme,globex",
                "--events-per-second=500",
                "--author=dana",
                "--note=new");
        // Then
        assertThat(errors.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(printed().lines())
                .contains("  " + KEY)
                .contains("Key k3v9q2m8xa is for acme, globex. usage-ingest takes it within a second.");
        assertThat(asked.get(0).request()).isEqualTo("POST /v1/write-keys");
        assertThat(asked.get(0).json())
                .isEqualTo(new ObjectMapper()
                        .readTree(
                                "{\"author\":\"dana\",\"note\":\"new\",\"name\":\"Instances of Acme\",\"scope\":{\"accounts\":[\"acme\",\"globex\"]},"
                                        + "\"eventsPerSecond\":500}"));
    }

    @Test
    void createAsksForAProductAsTheUserOfThisMachine() throws IOException {
        // Given
        answers.add(issued(details("null", "null")));
        // When
        keys("create", "--name=Cody", "--product=cody", "--token=local");
        // Then
        assertThat(asked.get(0).authorization()).isEqualTo("Bearer local");
        assertThat(asked.get(0).json().at("/scope/product").asText()).isEqualTo("cody");
        assertThat(asked.get(0).json().path("author").asText()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void whoSignsInNeedsNoAuthor() throws IOException {
        // Given
        answers.add(issued(details("null", "null")));
        // When
        keys("create", "--name=Cody", "--product=cody", "--token=of-dana");
        // Then
        assertThat(asked.get(0).authorization()).isEqualTo("Bearer of-dana");
        assertThat(asked.get(0).json().has("author")).isFalse();
    }

    @Test
    void jsonIsTheAnswerOfTheService() throws IOException {
        // Given
        answers.add(issued(details("null", "null")));
        // When
        keys("create", "--name=Cody", "--product=cody", "--json");
        // Then
        assertThat(new ObjectMapper().readTree(printed()))
                .isEqualTo(new ObjectMapper().readTree(issued(details("null", "null"))));
    }

    @Test
    void listShowsAllPagesAsATableByName() {
        // Given
        answers.add("{\"keys\": [" + details("\"2027-02-11T09:30:05Z\"", "null") + "], \"next\": \"k3v9q2m8xa\"}");
        answers.add(
                "{\"keys\": [{\"id\": \"7h2d0s5wcz\", \"name\": \"Cody backend\", \"scope\": {\"product\": \"cody\"},"
                        + " \"eventsPerSecond\": null, \"olderGoodUntil\": null, \"revokedAt\": \"2027-02-10T10:00:00Z\","
                        + " \"changes\": [{\"at\": \"2027-02-09T09:30:05Z\"}]}], \"next\": null}");
        // When
        int code = keys("list");
        // Then
        assertThat(code).isZero();
        assertThat(asked)
                .extracting(Asked::request)
                .containsExactly(
                        "GET /v1/write-keys?limit=500&after=", "GET /v1/write-keys?limit=500&after=k3v9q2m8xa");
        List<String> lines = printed()
                .lines()
                .map(line -> line.strip().replaceAll(" {2,}", " | "))
                .toList();
        assertThat(lines)
                .containsExactly(
                        "ID | NAME | FOR | EVENTS/S | CREATED | STATE",
                        "7h2d0s5wcz | Cody backend | all accounts with cody | - | 2027-02-09T09:30:05Z | revoked 2027-02-10T10:00:00Z",
                        "k3v9q2m8xa | Instances of Acme | acme, globex | 500 | 2027-02-10T09:30:05Z | good; the one before until"
                                + " 2027-02-11T09:30:05Z");
    }

    @Test
    void listSaysThatThereAreNone() {
        // Given
        answers.add("{\"keys\": [], \"next\": null}");
        // When
        keys("list");
        // Then
        assertThat(printed().strip()).isEqualTo("There are no keys.");
    }

    @Test
    void rotateShowsTheNewTextAndHowLongTheOldOneIsGood() throws IOException {
        // Given
        answers.add(issued(details("\"2027-02-11T09:30:05Z\"", "null")));
        answers.add(issued(details("null", "null")));
        // When
        keys("rotate", "k3v9q2m8xa");
        keys("rotate", "k3v9q2m8xa", "--grace-hours=0");
        // Then
        assertThat(asked).extracting(Asked::request).containsOnly("POST /v1/write-keys/k3v9q2m8xa/rotate");
        assertThat(asked.get(0).json().path("graceHours").asInt()).isEqualTo(24);
        assertThat(asked.get(1).json().path("graceHours").asInt(-1)).isZero();
        assertThat(printed().lines())
                .contains("  " + KEY)
                .contains("The one before is good until 2027-02-11T09:30:05Z.")
                .contains("The one before is not good any more.");
    }

    @Test
    void revokeNamesWhatItEnded() {
        // Given
        answers.add(details("null", "\"2027-02-10T09:30:05Z\""));
        // When
        keys("revoke", "k3v9q2m8xa", "--author=dana ruiz", "--note=leaked & found");
        // Then
        assertThat(asked.get(0).request())
                .isEqualTo("DELETE /v1/write-keys/k3v9q2m8xa?author=dana%20ruiz&note=leaked%20%26%20found");
        assertThat(printed())
                .contains(
                        "Key k3v9q2m8xa (Instances of Acme) is revoked. usage-ingest answers 401 to it within a second.");
    }

    @Test
    void aRefusalIsToldInTheWordsOfTheService() {
        // Given
        status = 422;
        answers.add("{\"status\": 422, \"detail\": \"graceHours: 9000 (expected: 0 to 720)\"}");
        // When
        int code = keys("rotate", "k3v9q2m8xa", "--grace-hours=9000");
        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString().strip())
                .isEqualTo("stagecoach: lifecycle-service answers 422: graceHours: 9000 (expected: 0 to 720).");
    }

    @Test
    void anythingElseThatAnswersIsNotTaken() {
        // Given
        answers.add("<html>Welcome</html>");
        // When
        int code = keys("create", "--name=Cody", "--product=cody");
        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("is not lifecycle-service: say where that is with --url.");
        assertThat(printed()).isEmpty();
    }

    @Test
    void aServiceThatIsAwayIsNamedWithWhatHelps() {
        // Given
        service.stop(0);
        // When
        int code = keys("list");
        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString())
                .contains("lifecycle-service cannot be reached at http://localhost:")
                .contains("--url or --port-offset");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create --name=X | --account=ID",
                "create --product=cody | --name",
                "create --name=X --product=cody --account=acme | mutually exclusive",
                "rotate | Missing required parameter: 'ID'",
                "list --url=lifecycle.example.com | --url: lifecycle.example.com (expected: an address such as https://lifecycle.example.com)",
                "list --port-offset=60000 | --port-offset: 60000 (expected: 0 to 56000)"
            })
    void aBadOptionIsNamedWithWhatIsExpected(String options, String message) {
        // When
        int code = keys(options.split(" "));
        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        // When
        int code = Main.commandLine(
                        home, home.resolve(".stagecoach"), new Terminal(new PrintStream(output, true, UTF_8), false))
                .setErr(new PrintWriter(errors, true))
                .execute("keys");
        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString())
                .contains("Missing: create, list, rotate or revoke")
                .contains("rotate");
    }
}
