package dev.stagecoach.testing.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop that keeps to its document passes, and each answer that does not is named. */
class OpenApiExamplesTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private final Shop shop = new Shop();

    /** What the shop answers, right until a test says otherwise. */
    private static class Shop {
        boolean asksWhoYouAre = true;
        int found = 200;
        String type = "application/json";
        String order = "{\"item\": \"book\", \"on\": null}";
        String nothing = "{\"detail\": \"item: missing on 2027-02-10\"}";
        Map<String, String> headers = Map.of();
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void whatIsAnsweredAsTheDocumentSaysPasses() {
        assertThat(failures(Documents.shop())).isEmpty();
        assertThat(requests)
                .containsExactly(
                        "PUT /orders/17 Bearer secret {\"item\":\"book\",\"on\":\"2027-02-10\"}",
                        "PUT /orders/17 Bearer secret {\"on\":\"2027-02-10\"}",
                        "PUT /orders/0 Bearer secret {\"item\":\"book\",\"on\":\"2027-02-10\"}",
                        "PUT /orders/17 null {\"item\":\"book\",\"on\":\"2027-02-10\"}",
                        "GET /orders/17 null ",
                        "GET /orders/0 null ",
                        "GET /orders/17?language=de null ");
    }

    @Test
    void aStatusThatIsNotInTheDocumentFails() {
        shop.found = 418;
        assertThat(failures(Documents.shop()))
                .anyMatch(failure -> failure.contains("status 418 is not in the document"));
    }

    @Test
    void anotherStatusThanThatOfTheExampleFails() {
        shop.found = 404;
        assertThat(failures(Documents.shop()))
                .anyMatch(failure -> failure.startsWith("GET /orders/{order} \"known\": status 404 (expected: [200])"));
    }

    @Test
    void aFieldThatIsNotInTheDocumentFails() {
        shop.order = "{\"item\": \"book\", \"on\": null, \"price\": 12}";
        assertThat(failures(Documents.shop())).anyMatch(failure -> failure.contains("price"));
    }

    @Test
    void aFieldThatIsMissingFails() {
        shop.order = "{\"on\": null}";
        assertThat(failures(Documents.shop()))
                .anyMatch(failure -> failure.contains("required property 'item' not found"));
    }

    @Test
    void aNullThatIsNotInTheDocumentFails() {
        shop.order = "{\"item\": null, \"on\": null}";
        assertThat(failures(Documents.shop()))
                .anyMatch(failure -> failure.contains("/item: null found, string expected"));
    }

    @Test
    void anotherMediaTypeFails() {
        shop.type = "text/plain";
        assertThat(failures(Documents.shop()))
                .anyMatch(failure -> failure.contains("media type text/plain (expected: [application/json])"));
    }

    @Test
    void anotherErrorThanThatOfTheDocumentFails() {
        shop.nothing = "{\"detail\": \"no\"}";
        assertThat(failures(Documents.shop()))
                .singleElement()
                .asString()
                .startsWith("PUT /orders/{order} \"nothing\": not the error of the document");
    }

    @Test
    void lettingAnybodyInFails() {
        shop.asksWhoYouAre = false;
        assertThat(failures(Documents.shop()))
                .singleElement()
                .asString()
                .startsWith("without credentials: PUT /orders/{order} \"a-book\": status 200 (expected: [401])");
    }

    @Test
    void aHeaderThatMeansSomethingAndIsNotInTheDocumentFails() {
        shop.headers = Map.of("Location", "/elsewhere");
        assertThat(failures(Documents.shop()))
                .anyMatch(failure -> failure.contains("header Location is not in the document"));
    }

    @Test
    void aHeaderThatIsMissingFails() {
        assertThat(
                        failures(
                                Documents.shopWith(
                                        "description: Ordered.",
                                        "description: Ordered.\n          headers: {Location: {required: true, schema: {type: string}}}")))
                .anyMatch(failure -> failure.contains("header Location: missing"));
    }

    @Test
    void whatTheTestSuppliesTakesThePlaceOfTheDocuments() {
        // When
        List<String> failures = OpenApiExamples.of(Documents.shop(), address())
                .bearer("token", "secret")
                .value("order", order -> order.value().equals("0") ? "0" : "4711")
                .value("item", item -> item.operation() + "/" + item.example())
                .failures();

        // Then
        assertThat(failures).isEmpty();
        assertThat(requests.get(0))
                .isEqualTo("PUT /orders/4711 Bearer secret {\"item\":\"putOrder/a-book\",\"on\":\"2027-02-10\"}");
    }

    @Test
    void formsPartsTextAndEventsAreSentAndReadAsWhatTheyAre() {
        // Given
        OpenApiDocument document = OpenApiDocument.ofYaml("""
                openapi: 3.1.0
                info: {title: Shop, version: v1}
                paths:
                  /form:
                    post:
                      requestBody:
                        content:
                          application/x-www-form-urlencoded:
                            schema: {type: object}
                            examples: {form: {value: {'a b': [1, '&']}}}
                          multipart/form-data:
                            schema: {type: object}
                            examples: {parts: {value: {name: Ana}}}
                          text/csv:
                            schema: {type: string}
                            examples: {table: {value: "a,b\\n1,2\\n"}}
                      responses: {'204': {description: Taken.}}
                  /events:
                    get:
                      responses:
                        '200':
                          description: A stream.
                          content:
                            text/event-stream:
                              schema:
                                type: object
                                required: [id, event, data]
                                properties:
                                  id: {type: string}
                                  event: {const: order}
                                  data:
                                    type: string
                                    contentMediaType: application/json
                                    contentSchema: {type: object, properties: {item: {type: string}}}
                """);

        // When
        List<String> failures = OpenApiExamples.of(document, address()).failures();

        // Then
        assertThat(failures).singleElement().asString().contains("/item: integer found, string expected");
        assertThat(requests)
                .containsExactly(
                        "POST /form null a%20b=1&a%20b=%26",
                        "POST /form null --between-two-parts\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAna\r\n--between-two-parts--\r\n",
                        "POST /form null a,b\n1,2\n",
                        "GET /events null ");
    }

    private List<String> failures(OpenApiDocument document) {
        return OpenApiExamples.of(document, address()).bearer("token", "secret").failures();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization + " " + body);
        boolean isPut = exchange.getRequestMethod().equals("PUT");
        if (exchange.getRequestURI().getPath().equals("/form")) {
            exchange.sendResponseHeaders(204, -1);
        } else if (exchange.getRequestURI().getPath().equals("/events")) {
            send(
                    exchange,
                    200,
                    "text/event-stream",
                    ":alive\nretry: 2000\n\nid: 1\nevent: order\ndata: {\"item\": 7}\n\n");
        } else if (isPut && shop.asksWhoYouAre && authorization == null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            send(exchange, 401, "application/problem+json", "{\"detail\": \"who are you?\"}");
        } else if (exchange.getRequestURI().getPath().endsWith("/0")) {
            send(exchange, 404, "application/problem+json", "{\"detail\": \"there is no order 0\"}");
        } else if (isPut && !body.contains("item")) {
            send(exchange, 400, "application/problem+json", shop.nothing);
        } else {
            shop.headers.forEach(exchange.getResponseHeaders()::set);
            send(exchange, shop.found, shop.type, shop.order);
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
}
