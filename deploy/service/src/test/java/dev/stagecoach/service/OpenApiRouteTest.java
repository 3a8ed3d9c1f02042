package dev.stagecoach.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiRouteTest {
    private static final Path FILE = Path.of("src/test/resources/META-INF/openapi.yaml");
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static URI address = URI.create("http://127.0.0.1");

    @BeforeAll
    static void serve() {
        Router router = Router.router(VERTX);
        new OpenApiRoute().register(router);
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        address = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder at(String target) {
        return HttpRequest.newBuilder(address.resolve(target));
    }

    @Test
    void handsOutTheFileAsItIs() throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(at("/q/openapi"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/yaml;charset=UTF-8");
        assertThat(answer.body()).isEqualTo(Files.readString(FILE));
    }

    @Test
    void handsOutTheSameAsJson() throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(at("/q/openapi?format=json"));

        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(new ObjectMapper().readTree(answer.body())).isEqualTo(new ObjectMapper().readTree("""
                {"openapi": "3.1.0", "info": {"title": "Of this test", "version": "1"}, "paths": {}}
                """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                               | application/json
            application/json, application/yaml;q=0.5       | application/json
            text/html, application/json;q=0.9, */*;q=0.8   | application/json
            application/yaml, application/json;q=0.5       | application/yaml;charset=UTF-8
            text/html, */*;q=0.8                           | application/yaml;charset=UTF-8
            text/html                                      | application/yaml;charset=UTF-8
            """)
    void givesWhatTheCallerWouldRatherHave(String accepted, String given) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(at("/q/openapi").header("Accept", accepted));

        assertThat(answer.headers().firstValue("content-type")).contains(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/openapi?format=yaml", "/q/openapi?format=YAML"})
    void whoSaysTheFormatGetsIt(String target) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(at(target).header("Accept", "application/json"));

        assertThat(answer.headers().firstValue("content-type")).contains("application/yaml;charset=UTF-8");
    }

    @Test
    void tellsOfItWithoutTheBody() throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(at("/q/openapi").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-length")).contains(Long.toString(Files.size(FILE)));
        assertThat(answer.body()).isEmpty();
    }
}
