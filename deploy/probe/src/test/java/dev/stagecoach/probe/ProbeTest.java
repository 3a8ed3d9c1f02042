package dev.stagecoach.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);

    @Test
    void aServiceThatSaysSoIsReady() throws Exception {
        // Given
        var service = serviceThatAnswers(200, "{\"status\": \"UP\"}");

        // When
        boolean ready = Probe.isReady(service.getAddress().getPort(), out);

        // Then
        assertThat(ready).isTrue();
        assertThat(printed.toString(UTF_8)).isEqualToIgnoringNewLines("{\"status\": \"UP\"}");
        service.stop(0);
    }

    @Test
    void whatAServiceIsWaitingForIsPrinted() throws Exception {
        // Given
        var service = serviceThatAnswers(503, "{\"status\": \"DOWN\", \"checks\": [\"Kafka\"]}");

        // When
        boolean ready = Probe.isReady(service.getAddress().getPort(), out);

        // Then
        assertThat(ready).isFalse();
        assertThat(printed.toString(UTF_8)).contains("Kafka");
        service.stop(0);
    }

    @Test
    void whereNobodyListensNobodyIsReady() throws Exception {
        // Given
        int port = unusedPort();

        // When
        boolean ready = Probe.isReady(port, out);

        // Then
        assertThat(ready).isFalse();
        assertThat(printed.toString(UTF_8)).startsWith("Port " + port + " does not answer: ");
    }

    private static HttpServer serviceThatAnswers(int status, String body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
