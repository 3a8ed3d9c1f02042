package dev.stagecoach.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneSpellingTest {
    private static final Vertx VERTX = Vertx.vertx();

    private static int port;

    @BeforeAll
    static void serve() {
        Router router = Router.router(VERTX);
        router.route().handler(OneSpelling::lookAt);
        router.route().handler(call -> call.response().end("reached"));
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
    }

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** As it stands: clients would put the path right before they send it. */
    private static String ask(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics/..%2f..%2fv1/",
                "/q/metrics/..%2F..%2Fsurvey/x",
                "/q/metrics/%2e%2e%2fv1/",
                "/v1/../q/metrics/..%2fv1/",
                "//q//metrics/..%5cv1/",
                "/%71/metrics/..%2fv1/",
                "/q/health%20",
                "/v1;x/alerts",
                "/v1;/alerts",
                "/v1/alerts;jsessionid=1"
            })
    void whatMayMeanTwoThingsIsRefused(String path) throws IOException {
        assertThat(ask(path))
                .startsWith("HTTP/1.1 400 ")
                .contains("content-type: application/problem+json", "\"status\":400", "\"detail\":\"")
                .doesNotContain("reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/q/metrics",
                "/q/health/ready?check=a;b",
                "/v1/accounts/a%2Fb%3Bc/why",
                "/accounts/%3Cb%3E",
                "/queue/%2F",
                "/v1/track"
            })
    void whatMeansOneThingGoesOn(String path) throws IOException {
        assertThat(ask(path)).startsWith("HTTP/1.1 200 ").endsWith("reached");
    }
}
