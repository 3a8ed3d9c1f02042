package dev.stagecoach.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that counts, and who says how many it counted. */
class LoadTest {

    private static final List<byte[]> EVENTS =
            List.of("{\"messageId\":\"%s\"}".formatted(new UUID(0, 1)).getBytes(UTF_8));

    private final AtomicLong served = new AtomicLong();
    private HttpServer server;
    private URI address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/track", exchange -> {
            exchange.getRequestBody().readAllBytes();
            served.incrementAndGet();
            var body = "{\"recorded\":1}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everyRequestIsAnsweredWhenAPhaseIsOver() {
        try (var load = Load.connect(address, 4, Requests.of(address, "local", EVENTS, 1, 1))) {
            // When
            var closed = load.closed(0.1);
            long servedThen = served.get();
            var open = load.open(0.1, 300);

            // Then
            assertThat(closed.acknowledged()).isEqualTo(servedThen).isGreaterThanOrEqualTo(4);
            assertThat(open.acknowledged()).isEqualTo(served.get() - servedThen).isEqualTo(30);
            assertThat(open.refused()).isEmpty();
        }
    }

    @Test
    void aServiceThatHangsUpEndsTheLoad() {
        try (var load = Load.connect(address, 1, Requests.of(address, "local", EVENTS, 1, 1))) {
            // Given
            load.closed(0.01);

            // When
            server.stop(0);

            // Then
            assertThatThrownBy(() -> load.closed(60))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The load broke off: ");
        }
    }
}
